namespace EzAudit.EntityFrameworkCore;

/// <summary>Leaves an entity out of the audit trail, or a property out of the records of its entity.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
