namespace EzAudit.Records;

/// <summary>How the audited act ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was tried and refused, or did not work.</summary>
    Failure,
}
