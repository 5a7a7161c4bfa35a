using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage.Appending;

namespace EzAudit.Writing;

/// <summary>Stores records in a log file, which several targets may share; its opener closes it.</summary>
/// <param name="file">The log file.</param>
/// <param name="timeout">How long a caller waits for the disk and other processes.</param>
internal sealed class FileTarget(LogFile file, TimeSpan timeout) : IAuditTarget
{
    /// <summary>The log file, for batches of records.</summary>
    public LogFile File => file;

    public TimeSpan Timeout => timeout;

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => file.Append(bytes, durability, timeout);

    public ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        file.AppendAsync(bytes, durability, timeout);

    public void Flush() => file.Flush(timeout);

    /// <summary>Flushes at shutdown: queued records that cannot be written are lost, and counted.</summary>
    public void Drain() => file.Drain(timeout);

    public void Dispose()
    {
    }
}
