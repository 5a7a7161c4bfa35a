using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage.Appending;

namespace EzAudit.Writing;

/// <summary>Keeps records in a log file, which several targets may share; the file is closed by whoever opened it.</summary>
/// <param name="file">The log file.</param>
/// <param name="timeout">How long a caller waits for the disk and for other processes.</param>
internal sealed class FileTarget(LogFile file, TimeSpan timeout) : IAuditTarget
{
    /// <summary>The log file, for those who write several records at once.</summary>
    public LogFile File => file;

    public TimeSpan Timeout => timeout;

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => file.Append(bytes, durability, timeout);

    public ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        file.AppendAsync(bytes, durability, timeout);

    public void Flush() => file.Flush(timeout);

    /// <summary>At the stop: what is queued and cannot be written is lost, and counted.</summary>
    public void Drain() => file.Drain(timeout);

    public void Dispose()
    {
    }
}
