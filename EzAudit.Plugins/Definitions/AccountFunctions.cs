using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="AccountAudit"/>.</summary>
internal static class AccountFunctions
{
    private static readonly FunctionGroup Group = new("account");

    public static readonly AuditFunction Create = Group.Define(
        "user-create", "user.log", "CreateUser",
        "User '{User login}' ({User id}) was created.",
        ["User id", "User login", "Email"],
        "iam/user,creation", "3001:1", AuditSeverity.Notice);

    public static readonly AuditFunction Delete = Group.Define(
        "user-delete", "user.log", "DeleteUser",
        "User '{User login}' ({User id}) was deleted.",
        ["User id", "User login"],
        "iam/user,deletion", "3001:6", AuditSeverity.Warning);

    public static readonly AuditFunction Enable = Group.Define(
        "user-enable", "user.log", "EnableUser",
        "User '{User login}' ({User id}) was enabled.",
        ["User id", "User login"],
        "iam/user,change", "3001:2", AuditSeverity.Notice);

    public static readonly AuditFunction Disable = Group.Define(
        "user-disable", "user.log", "DisableUser",
        "User '{User login}' ({User id}) was disabled: {Reason}.",
        ["User id", "User login", "Until", "Reason"],
        "iam/user,change", "3001:5", AuditSeverity.Notice);

    public static readonly AuditFunction Lockout = Group.Define(
        "user-lockout", "user.log", "LockOutUser",
        "User '{User login}' ({User id}) was locked out until {Until} after {Failed attempts} failed attempts.",
        ["User id", "User login", "Until", "Failed attempts"],
        "iam/user,change", "3001:9", AuditSeverity.Warning);

    public static readonly AuditFunction Unlock = Group.Define(
        "user-unlock", "user.log", "UnlockUser",
        "User '{User login}' ({User id}) was unlocked.",
        ["User id", "User login"],
        "iam/user,change", "3001:12", AuditSeverity.Notice);

    public static readonly AuditFunction SetGroups = Group.Define(
        "user-groups-set", "membership.log", "SetGroupsOfUser",
        "The groups of user '{User login}' ({User id}) were set, added: {Added}, removed: {Removed}.",
        ["User id", "User login", "Added", "Removed"],
        "iam/user,change", "3006:9", AuditSeverity.Notice);
}
