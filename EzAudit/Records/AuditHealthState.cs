namespace EzAudit.Records;

/// <summary>How well a target, or the whole audit trail, does its work; the larger, the worse.</summary>
public enum AuditHealthState
{
    /// <summary>Records are stored.</summary>
    Healthy = 0,

    /// <summary>Records are stored, but something needs an operator: a fallback was used, an edit of the settings cannot be used.</summary>
    Degraded = 1,

    /// <summary>A record has waited for the disk longer than it may.</summary>
    Blocked = 2,

    /// <summary>The last record could not be stored.</summary>
    Failing = 3,
}
