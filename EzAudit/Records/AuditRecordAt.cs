namespace EzAudit.Records;

/// <summary>A record and where it stands in its log file.</summary>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Length">How many bytes it covers, the ones that end it included.</param>
/// <param name="Record">The record.</param>
public readonly record struct AuditRecordAt(long Offset, int Length, AuditRecord Record);
