namespace EzAudit.EntityFrameworkCore;

/// <summary>
/// Marks an entity whose changes are audited. Needed only if <see cref="Mapping.AuditEntityOptions.OnlyMarked"/> is set, or to audit
/// reads.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuditedAttribute : Attribute
{
    /// <summary>Whether queries that read the entity are audited as well, with one <c>record-select</c> per query.</summary>
    public bool Reads { get; init; }
}
