namespace EzAudit.Records;

/// <summary>How well a target, or the whole audit trail, does its work; the larger, the worse.</summary>
public enum AuditHealthState
{
    /// <summary>Records are stored.</summary>
    Healthy = 0,

    /// <summary>Records are stored, but something needs an operator: a fallback was used, an edit of the settings cannot be used.</summary>
    Degraded = 1,

    /// <summary>A call to the disk takes longer than <c>WriteTimeout</c>, or the last record was not stored within it and may be stored later.</summary>
    Blocked = 2,

    /// <summary>The last record could not be stored.</summary>
    Failing = 3,
}
