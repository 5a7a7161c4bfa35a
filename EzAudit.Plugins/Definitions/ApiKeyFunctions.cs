using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ApiKeyAudit"/>.</summary>
internal static class ApiKeyFunctions
{
    private static readonly FunctionGroup Group = new("authentication");

    public static readonly AuditFunction Create = Group.Define(
        "api-key-create", "api_key.log", "CreateApiKey",
        "Key '{Key name}' ({Key id}) with scope '{Scope}' was made for user '{User login}' ({User id}).",
        ["Key id", "Key name", "User id", "User login", "Scope", "Expires"],
        "iam/user,creation", "3004:1", AuditSeverity.Notice);

    public static readonly AuditFunction Revoke = Group.Define(
        "api-key-revoke", "api_key.log", "RevokeApiKey",
        "Key '{Key name}' ({Key id}) of user '{User login}' ({User id}) was revoked: {Reason}.",
        ["Key id", "Key name", "User id", "User login", "Reason"],
        "iam/user,deletion", "3004:4", AuditSeverity.Notice);
}
