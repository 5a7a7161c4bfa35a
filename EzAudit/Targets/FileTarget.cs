using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Targets;

/// <summary>Keeps records in a log file. Routes that name the same file share one target.</summary>
internal sealed class FileTarget(LogFile file, ILogDirectory directory) : IAuditTarget
{
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        file.Append(bytes, sync: durability == AuditDurability.Disk);

    public void Flush() => file.Flush();

    public void Dispose()
    {
        file.Dispose();
        directory.Dispose();
    }
}
