using EzAudit.Extensibility;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>Makes a syslog message from a record. Thread-safe.</summary>
internal interface IFrame
{
    /// <param name="record">The record.</param>
    /// <param name="bytes">The record in the target's format.</param>
    /// <param name="output">Where the message goes.</param>
    void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, MessageBuffer output);
}
