namespace EzAudit.Records;

/// <summary>How a field holds its value, so that formats write the common kinds without making a string.</summary>
internal enum AuditFieldKind : byte
{
    Text,
    Integer,
    Boolean,
    Double,
    Object,
}
