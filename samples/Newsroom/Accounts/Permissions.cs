namespace Newsroom.Accounts;

/// <summary>The permissions of accounts and groups. Each is a claim, required by a policy of the same name.</summary>
internal static class Permissions
{
    public const string ClaimType = "permission";

    public const string EditContent = "content.edit";
    public const string ManageOrders = "orders.manage";
    public const string ManageProjects = "projects.manage";
    public const string ManageAccounts = "accounts.manage";
    public const string ChangeSettings = "settings.change";
    public const string ReadAudit = "audit.read";

    public static IReadOnlyList<string> All { get; } = [EditContent, ManageOrders, ManageProjects, ManageAccounts, ChangeSettings, ReadAudit];
}
