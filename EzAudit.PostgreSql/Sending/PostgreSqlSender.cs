using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;

namespace EzAudit.PostgreSql.Sending;

/// <summary>Sends the records of a target to the store.</summary>
internal sealed class PostgreSqlSender(StorePlace place) : IAuditSender
{
    private readonly RecordInserter _inserter = new(place);

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditStoreRefusal> refusals = await _inserter.InsertAsync([.. batch], cancellationToken).ConfigureAwait(false);
        if (refusals is not [{ } first, ..]) return;
        // The records behind it come again and are found in the store.
        batch.Confirm(first.Index);
        throw new AuditRejectedException(first.Index, first.Reason);
    }

    public ValueTask DisposeAsync() => _inserter.DisposeAsync();
}
