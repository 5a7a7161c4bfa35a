using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;

namespace EzAudit.PostgreSql.Sending;

/// <summary>Sends the records of a target to the store.</summary>
internal sealed class PostgreSqlSender(StorePlace place) : IAuditSender
{
    private readonly RecordInserter _inserter = new(place);

    public ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken) =>
        batch.Count == 0 ? ValueTask.CompletedTask : _inserter.InsertAsync([.. batch], count => batch.Confirm(count), cancellationToken);

    public ValueTask DisposeAsync() => _inserter.DisposeAsync();
}
