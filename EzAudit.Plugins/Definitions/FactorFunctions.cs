using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="FactorAudit"/>.</summary>
internal static class FactorFunctions
{
    private static readonly FunctionGroup Group = new("authentication");

    public static readonly AuditFunction Enable = Group.Define(
        "mfa-enable", "mfa.log", "EnableMfa",
        "User '{User login}' ({User id}) turned on {Factor}.",
        ["User id", "User login", "Factor"],
        "iam/user,change", "3001:10", AuditSeverity.Notice);

    public static readonly AuditFunction Disable = Group.Define(
        "mfa-disable", "mfa.log", "DisableMfa",
        "User '{User login}' ({User id}) turned off {Factor}.",
        ["User id", "User login", "Factor"],
        "iam/user,change", "3001:11", AuditSeverity.Warning);

    public static readonly AuditFunction Failed = Group.Define(
        "mfa-failed", "mfa.log", "FailMfa",
        "User '{User login}' ({User id}) failed at {Factor}: {Reason}.",
        ["User id", "User login", "Factor", "Reason"],
        "authentication/start", "3002:1", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction AddPasskey = Group.Define(
        "passkey-add", "mfa.log", "AddPasskey",
        "User '{User login}' ({User id}) added passkey '{Passkey name}' ({Passkey id}).",
        ["User id", "User login", "Passkey id", "Passkey name"],
        "iam/user,change", "3001:10", AuditSeverity.Notice);

    public static readonly AuditFunction RemovePasskey = Group.Define(
        "passkey-remove", "mfa.log", "RemovePasskey",
        "User '{User login}' ({User id}) removed passkey '{Passkey name}' ({Passkey id}).",
        ["User id", "User login", "Passkey id", "Passkey name"],
        "iam/user,change", "3001:11", AuditSeverity.Notice);

    public static readonly AuditFunction UseRecoveryCode = Group.Define(
        "recovery-code-use", "mfa.log", "UseRecoveryCode",
        "User '{User login}' ({User id}) signed in with a recovery code, {Codes left} left.",
        ["User id", "User login", "Codes left"],
        "authentication/start", "3002:1", AuditSeverity.Warning);
}
