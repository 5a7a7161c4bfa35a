using EzAudit.Extensibility;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>Makes a syslog message from a record. Thread-safe.</summary>
internal interface IFrame
{
    /// <param name="record">The record.</param>
    /// <param name="bytes">The record in the target's format.</param>
    /// <param name="id">Distinguishes the record from every other record of this target.</param>
    /// <param name="output">Where the message goes.</param>
    void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, RecordId id, MessageBuffer output);
}

/// <summary>Identifies a record, so that receivers recognize duplicates: the target's run and a number within it.</summary>
/// <param name="Run">Chosen at random at each start.</param>
/// <param name="Number">Counted from 1.</param>
internal readonly record struct RecordId(ulong Run, long Number);
