using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Plugins.Targets;

/// <summary>Writes records to standard output, for containers whose runtime collects it. A pipe that nobody reads blocks the caller, as it does for any output.</summary>
/// <param name="output">The stream; left open.</param>
internal sealed class ConsoleTarget(Stream output) : IAuditTarget
{
    private readonly Lock _gate = new();

    /// <summary>The stream itself: Console.Out would decode and encode every record.</summary>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "To write to standard output is the purpose of this target.")]
    public static Stream OpenStandardOutput() => Console.OpenStandardOutput();

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        // One write per record, so that other output of the process does not come in between.
        lock (_gate) output.Write(bytes);
    }

    public void Flush()
    {
        lock (_gate) output.Flush();
    }

    public void Dispose() => Flush();
}
