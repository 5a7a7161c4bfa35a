using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Orders, beside what <see cref="OrderAudit"/> has of eZ Publish.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ShopAudit
{
    /// <summary>An order was placed.</summary>
    public static bool Create(AuditId orderId, AuditId userId, string userLogin, string total, string comment = "Placed the order") =>
        ShopFunctions.Create.Write(orderId, userId, userLogin, total, comment);

    /// <summary>Something of an order was changed.</summary>
    public static bool Change(AuditId orderId, string what, string oldValue, string newValue, string comment = "Changed the order") =>
        ShopFunctions.Change.Write(orderId, what, oldValue, newValue, comment);
}
