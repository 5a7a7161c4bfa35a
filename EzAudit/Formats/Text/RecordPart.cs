using EzAudit.Extensibility;

namespace EzAudit.Formats.Text;

/// <summary>One piece of a line: writes what stands there for a record.</summary>
internal delegate void RecordPart(ref Utf8Output line, in AuditRecordView record);
