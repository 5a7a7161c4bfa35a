using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records deleted orders of a shop: <c>order-delete</c>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
public static class OrderAudit
{
    private const string OrderId = "Order ID";

    /// <summary>The definition of <c>order-delete</c>.</summary>
    public static AuditFunction DeleteFunction { get; } = new AuditFunction
    {
        Name = "order-delete",
        DefaultFileName = "order_delete.log",
        Fields = [OrderId, FieldNames.Comment],
        EventName = "DeleteOrder",
        // No sentence: a record for all orders has no id, and the list of fields reads well in both cases.
        Severity = AuditSeverity.Notice,
        Category = "order",
    }.MappedTo("database/deletion", "3004:4");

    /// <summary>An order was deleted.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Delete(AuditId orderId, string comment = "Removed the order and its data") =>
        AuditTrail.WriteAudit(DeleteFunction.Name, orderId.AsField(OrderId), (FieldNames.Comment, comment));

    /// <summary>All orders were deleted.</summary>
    /// <param name="comment">A short description of what was done.</param>
    public static bool DeleteAll(string comment = "Removed all orders") =>
        AuditTrail.WriteAudit(DeleteFunction.Name, (FieldNames.Comment, comment));
}
