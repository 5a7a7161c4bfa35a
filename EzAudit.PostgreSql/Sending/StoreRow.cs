using EzAudit.Extensibility;

namespace EzAudit.PostgreSql.Sending;

/// <summary>A record on its way into the store.</summary>
/// <param name="Record">The record.</param>
/// <param name="Run">The number of its run in the store.</param>
/// <param name="Index">The place of the record among those handed over.</param>
internal readonly record struct StoreRow(AuditEnvelope Record, int Run, int Index)
{
    public long Number => Record.Id.Number;
}
