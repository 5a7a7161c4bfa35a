namespace EzAudit.EntityFrameworkCore;

/// <summary>What happened to an entity.</summary>
public enum AuditChangeKind
{
    /// <summary>The entity was added.</summary>
    Insert,

    /// <summary>The entity was changed.</summary>
    Update,

    /// <summary>The entity was deleted.</summary>
    Delete,
}
