namespace EzAudit.EntityFrameworkCore;

/// <summary>Excludes an entity from the audit trail, or a property from the records of its entity.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
