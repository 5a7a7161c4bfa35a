using System.Text;
using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;

namespace EzAudit.PostgreSql.Sending;

/// <summary>Sends the records of a target, or the checkpoints of an anchor, to the store.</summary>
internal sealed class PostgreSqlSender(StorePlace place, bool areCheckpoints = false) : IAuditSender
{
    private readonly RecordInserter _inserter = new(place);

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditStoreRefusal> refusals = areCheckpoints
            ? await _inserter.AddCheckpointsAsync([.. batch.Select(CheckpointOf)], cancellationToken).ConfigureAwait(false)
            : await _inserter.InsertAsync([.. batch], cancellationToken).ConfigureAwait(false);
        if (refusals is not [{ } first, ..]) return;
        // What is behind it comes again and is found in the store.
        batch.Confirm(first.Index);
        throw new AuditRejectedException(first.Index, first.Reason);
    }

    public ValueTask DisposeAsync() => _inserter.DisposeAsync();

    // The bytes of a checkpoint are its line.
    private static AuditStoreCheckpoint CheckpointOf(AuditEnvelope envelope) => new(envelope.Id.Origin, Encoding.UTF8.GetString(envelope.Bytes.Span));
}
