using System.Globalization;
using EzAudit.Extensibility;

namespace CustomPlugin;

/// <summary>Adds a target type, <c>collector</c>, which sends records to a <see cref="Collector"/>.</summary>
public sealed class CollectorPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddSender("collector", keys: ["Host", "Port"], Create, new AuditSenderOptions { Format = "json" });
    }

    // Also called when the settings are only checked, so it connects to nothing.
    private static CollectorSender Create(AuditComponentSettings settings) => new(
        settings["Host"] ?? "localhost",
        int.TryParse(settings["Port"], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? port
            : throw new AuditComponentSettingsException("Port", "the port of the collector"));
}
