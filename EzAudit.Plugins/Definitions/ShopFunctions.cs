using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ShopAudit"/>.</summary>
internal static class ShopFunctions
{
    private static readonly FunctionGroup Group = new("order");

    public static readonly AuditFunction Create = Group.Define(
        "order-create", "order.log", "CreateOrder",
        "Order {Order ID} of user '{User login}' ({User id}) was placed: {Total}.",
        ["Order ID", "User id", "User login", "Total", "Comment"],
        "database/creation", "3004:1");

    public static readonly AuditFunction Change = Group.Define(
        "order-change", "order.log", "ChangeOrder",
        "{What} of order {Order ID} was changed from '{Old value}' to '{New value}'.",
        ["Order ID", "What", "Old value", "New value", "Comment"],
        "database/change", "3004:3", AuditSeverity.Notice);
}
