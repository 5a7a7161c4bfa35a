namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// Says that the changes of an entity are audited. Needed only where
/// <see cref="Mapping.AuditEntityOptions.OnlyMarked"/> is set, or to have reads audited.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuditedAttribute : Attribute
{
    /// <summary>Whether queries that read it are audited as well: one <c>record-select</c> a query.</summary>
    public bool Reads { get; init; }
}
