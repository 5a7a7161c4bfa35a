namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>The names of the model annotations that the fluent calls set.</summary>
internal static class AuditAnnotations
{
    public const string Audited = "EzAudit:Audited";
    public const string Reads = "EzAudit:Reads";
    public const string Sensitive = "EzAudit:Sensitive";
    public const string Plan = "EzAudit:Plan";
    public const string Tables = "EzAudit:Tables";
}
