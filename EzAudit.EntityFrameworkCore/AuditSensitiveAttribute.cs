namespace EzAudit.EntityFrameworkCore;

/// <summary>Keeps the values of this property out of records, which show <c>[redacted]</c> instead: readers see only that the column changed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AuditSensitiveAttribute : Attribute;
