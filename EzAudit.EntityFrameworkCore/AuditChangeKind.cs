namespace EzAudit.EntityFrameworkCore;

/// <summary>What was done with an entity.</summary>
public enum AuditChangeKind
{
    /// <summary>It is new.</summary>
    Insert,

    /// <summary>It was changed.</summary>
    Update,

    /// <summary>It is gone.</summary>
    Delete,
}
