using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ConsentAudit"/>.</summary>
internal static class ConsentFunctions
{
    private static readonly FunctionGroup Group = new("authentication");

    public static readonly AuditFunction Grant = Group.Define(
        "consent-grant", "consent.log", "GrantConsent",
        "User '{User login}' ({User id}) allowed {Client id} '{Scope}'.",
        ["User id", "User login", "Client id", "Scope"],
        "iam/user,change", "3005:1", AuditSeverity.Notice);

    public static readonly AuditFunction Revoke = Group.Define(
        "consent-revoke", "consent.log", "RevokeConsent",
        "User '{User login}' ({User id}) no longer allows {Client id} '{Scope}'.",
        ["User id", "User login", "Client id", "Scope"],
        "iam/user,change", "3005:2", AuditSeverity.Notice);
}
