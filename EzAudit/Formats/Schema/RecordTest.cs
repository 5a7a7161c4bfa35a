using EzAudit.Extensibility;

namespace EzAudit.Formats.Schema;

/// <summary>Whether a record has what would stand at a place.</summary>
internal delegate bool RecordTest(in AuditRecordView record);
