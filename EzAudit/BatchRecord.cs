using EzAudit.Composition;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Routing;

namespace EzAudit;

/// <summary>A record of a batch, where it goes, and what became of it so far.</summary>
/// <param name="table">The table that its route is from.</param>
/// <param name="route">Where it goes.</param>
/// <param name="record">The record.</param>
/// <param name="place">Its place in the batch.</param>
internal sealed class BatchRecord(RouteTable table, Route route, AuditRecord record, int place)
{
    public Route Route => route;

    public AuditRecord Record => record;

    public int Place => place;

    public AuditRecordView View => table.View(route, record);

    /// <summary>Why a target did not store it, and in the end what the caller must be told; <see langword="null"/> as long as nothing failed.</summary>
    public WriteFailure? Failure { get; set; }
}
