using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records orders, in addition to eZ Publish's function in <see cref="OrderAudit"/>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ShopAudit
{
    /// <summary>An order was placed.</summary>
    public static bool Create(AuditId orderId, AuditId userId, string userLogin, string total, string comment = "Placed the order") =>
        ShopFunctions.Create.Write(orderId, userId, userLogin, total, comment);

    /// <summary>An order was changed.</summary>
    public static bool Change(AuditId orderId, string what, string oldValue, string newValue, string comment = "Changed the order") =>
        ShopFunctions.Change.Write(orderId, what, oldValue, newValue, comment);
}
