using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="PasswordAudit"/>.</summary>
internal static class PasswordFunctions
{
    private static readonly FunctionGroup Group = new("password");

    public static readonly AuditFunction Change = Group.Define(
        "password-change", "password.log", "ChangePassword",
        "User '{User login}' ({User id}) changed their password.",
        ["User id", "User login"],
        "iam/user,change", "3001:3", AuditSeverity.Notice);

    public static readonly AuditFunction ChangeFailed = Group.Define(
        "password-change-failed", "password.log", "FailToChangePassword",
        "User '{User login}' ({User id}) could not change their password: {Reason}.",
        ["User id", "User login", "Reason"],
        "iam/user,change", "3001:3", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction ChangeForUser = Group.Define(
        "user-password-change", "password.log", "ChangePasswordOfUser",
        "The password of user '{User login}' ({User id}) was changed for them.",
        ["User id", "User login"],
        "iam/user,change", "3001:3", AuditSeverity.Notice);

    public static readonly AuditFunction RequestReset = Group.Define(
        "password-reset-request", "password.log", "RequestPasswordReset",
        "A password reset for '{User login}' ({User id}) was requested by {Delivery}.",
        ["User id", "User login", "Delivery"],
        "iam/user,info", "3001:4", AuditSeverity.Notice);

    public static readonly AuditFunction Reset = Group.Define(
        "password-reset", "password.log", "ResetPassword",
        "User '{User login}' ({User id}) set their password anew.",
        ["User id", "User login"],
        "iam/user,change", "3001:4", AuditSeverity.Notice);

    public static readonly AuditFunction ResetExpired = Group.Define(
        "password-reset-expired", "password.log", "ExpirePasswordReset",
        "The reset link of '{User login}' ({User id}), issued {Issued}, had expired after {Lifetime}.",
        ["User id", "User login", "Issued", "Lifetime"],
        "iam/user,change", "3001:4", AuditSeverity.Warning, AuditOutcome.Failure);
}
