using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="AccessDeniedAudit"/>.</summary>
internal static class AccessDeniedFunctions
{
    private static readonly FunctionGroup Group = new("access");

    public static readonly AuditFunction Api = Group.Define(
        "access-denied-api", "access_denied.log", "DenyApiAccess",
        "Call {Method} {Path} was refused with {Status}: it needs {Required policy}.",
        ["Method", "Path", "Required policy", "Status"],
        "web/access,denied", "6003:2", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction Page = Group.Define(
        "access-denied-page", "access_denied.log", "DenyPageAccess",
        "Page {Path} was refused: it needs {Required policy}.",
        ["Path", "Required policy", "Redirected to"],
        "web/access,denied", "6001:2", AuditSeverity.Warning, AuditOutcome.Failure);
}
