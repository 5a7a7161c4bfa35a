using System.Text;
using EzAudit.Extensibility;

namespace EzAudit.Sealing.Anchors;

/// <summary>Writes checkpoints to standard output, where a container's runtime or systemd collects them.</summary>
internal sealed class ConsoleAnchor(Stream output) : IAuditAnchor
{
#pragma warning disable RS0030 // Its purpose is standard output.
    public static ConsoleAnchor Create() => new(Console.OpenStandardOutput());
#pragma warning restore RS0030

    public void Publish(AuditCheckpoint checkpoint)
    {
        // One write, so that it stays one line among what other threads write there.
        output.Write(Encoding.UTF8.GetBytes(checkpoint.Line + "\n"));
        output.Flush();
    }

    public void Dispose() => output.Dispose();
}
