namespace EzAudit.EntityFrameworkCore;

/// <summary>The values of this property are written as <c>[redacted]</c>: a record says that the column changed, and no more.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AuditSensitiveAttribute : Attribute;
