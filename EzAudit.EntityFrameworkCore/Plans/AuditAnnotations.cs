namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>The names under which the model keeps what the fluent calls say.</summary>
internal static class AuditAnnotations
{
    public const string Audited = "EzAudit:Audited";
    public const string Reads = "EzAudit:Reads";
    public const string Sensitive = "EzAudit:Sensitive";
    public const string Plan = "EzAudit:Plan";
    public const string Tables = "EzAudit:Tables";
}
