using EzAudit.Extensibility;

namespace SealSigner;

/// <summary>Adds a type of signer, <c>socket</c>, with the key <c>Socket</c>: the path of the socket at which the signer runs.</summary>
public sealed class SocketSignerPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddSealSigner("socket", keys: ["Socket"], Create);
    }

    private static SocketSigner Create(AuditComponentSettings settings) => settings["Socket"] is { Length: > 0 } path
        ? new SocketSigner(Path.Combine(settings.Root, path))
        : throw new AuditComponentSettingsException("Socket", "the path of the signer's socket, such as /run/ezaudit/signer.sock");
}
