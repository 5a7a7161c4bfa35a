using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ImpersonationAudit"/>.</summary>
internal static class ImpersonationFunctions
{
    private static readonly FunctionGroup Group = new("authentication");

    public static readonly AuditFunction Start = Group.Define(
        "impersonation-start", "impersonation.log", "StartImpersonation",
        "Acting as user '{User login}' ({User id}) began: {Reason}.",
        ["User id", "User login", "Reason"],
        "authentication/start", "3002:7", AuditSeverity.Warning);

    public static readonly AuditFunction End = Group.Define(
        "impersonation-end", "impersonation.log", "EndImpersonation",
        "Acting as user '{User login}' ({User id}) ended after {Duration}.",
        ["User id", "User login", "Duration"],
        "authentication/end", "3002:7", AuditSeverity.Notice);
}
