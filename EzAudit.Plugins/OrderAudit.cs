using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Orders of a shop: <c>order-delete</c>.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
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
        // No sentence: a record of all orders has no id, and the list of its fields reads well in both cases.
        Severity = AuditSeverity.Notice,
        Category = "order",
    }.MappedTo("database/deletion", "3004:4");

    /// <summary>An order was deleted.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="comment">What was done, in a few words.</param>
    public static bool Delete(AuditId orderId, string comment = "Removed the order and its data") =>
        AuditTrail.WriteAudit(DeleteFunction.Name, orderId.AsField(OrderId), (FieldNames.Comment, comment));

    /// <summary>All orders were deleted.</summary>
    /// <param name="comment">What was done, in a few words.</param>
    public static bool DeleteAll(string comment = "Removed all orders") =>
        AuditTrail.WriteAudit(DeleteFunction.Name, (FieldNames.Comment, comment));
}
