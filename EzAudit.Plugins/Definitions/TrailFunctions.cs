using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="TrailAudit"/>.</summary>
internal static class TrailFunctions
{
    private static readonly FunctionGroup Group = new("audit");

    public static readonly AuditFunction Disable = Group.Define(
        "audit-disable", "audit.log", "DisableAudit",
        "The audit trail was switched off in {Files}: {Reason}.",
        ["Files", "Reason"],
        "configuration/change", "3004:9", AuditSeverity.Alert);

    public static readonly AuditFunction Read = Group.Define(
        "audit-read", "audit.log", "ReadAudit",
        "{Records} records of {Files} were read with '{Query}'.",
        ["Files", "Query", "Records"],
        "file/access", "3004:2", AuditSeverity.Notice);

    public static readonly AuditFunction Export = Group.Define(
        "audit-export", "audit.log", "ExportAudit",
        "{Records} records of {Files} were exported to {Destination}.",
        ["Files", "Query", "Records", "Destination"],
        "file/access", "6001:7", AuditSeverity.Notice);

    public static readonly AuditFunction Verify = Group.Define(
        "audit-verify", "audit.log", "VerifyAudit",
        "{Files} were verified: {Result}.",
        ["Files", "Records", "Result"],
        "file/access", "3004:2", AuditSeverity.Notice);

    public static readonly AuditFunction LegalHold = Group.Define(
        "audit-legal-hold", "audit.log", "HoldAudit",
        "Legal hold '{Hold}' on {Files} was {Action}: {Reason}.",
        ["Hold", "Action", "Files", "Reason"],
        "configuration/change", "3004:3", AuditSeverity.Notice);
}
