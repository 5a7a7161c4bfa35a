namespace EzAudit.Records;

/// <summary>What an <see cref="AuditGroupKey"/> looks at.</summary>
internal enum AuditGroupKind
{
    Actor,
    Function,
    Address,
    Day,
    Hour,
    Outcome,
    Field,
}
