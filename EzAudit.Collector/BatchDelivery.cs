using EzAudit.Collector.Letters;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.PostgreSql;

namespace EzAudit.Collector;

/// <summary>Brings a batch into the store, and what cannot be stored into the letter box. Can be repeated as often as needed: the store has each record once.</summary>
internal sealed class BatchDelivery(AuditStoreWriter writer, LetterBox box, TimeProvider clock) : IAsyncDisposable
{
    public string Place => writer.Place;

    /// <summary>Stores a batch; when it returns, everything is committed, or on disk as a letter.</summary>
    /// <returns>The letters.</returns>
    public async ValueTask<IReadOnlyList<Letter>> StoreAsync(AuditStreamBatch batch, CancellationToken cancellationToken)
    {
        AuditStoreCheckpoint[] checkpoints = [.. batch.Checkpoints.Select(checkpoint => new AuditStoreCheckpoint(checkpoint.Id.Origin, checkpoint.Line))];
        IReadOnlyList<AuditStoreRefusal> records = await writer.InsertAsync(batch.Records, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<AuditStoreRefusal> others = await writer.AddCheckpointsAsync(checkpoints, cancellationToken).ConfigureAwait(false);
        Letter[] letters =
        [
            .. records.Select(refusal => LetterOf(batch.Records[refusal.Index], refusal.Reason)),
            .. others.Select(refusal => LetterOf(batch.Checkpoints[refusal.Index], refusal.Reason)),
            .. batch.Problems.Select(LetterOf),
        ];
        box.Add(letters);
        return letters;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private Letter LetterOf(AuditEnvelope record, string reason) =>
        new(reason, AuditStreamMessage.Version, AuditStreamMessage.Write(record)) { Time = clock.GetUtcNow(), Name = record.Id.ToString() };

    private Letter LetterOf(AuditStreamCheckpoint checkpoint, string reason) =>
        new(reason, null, System.Text.Encoding.UTF8.GetBytes(checkpoint.Line)) { Time = clock.GetUtcNow(), Name = $"checkpoint {checkpoint.Id}" };

    private Letter LetterOf(AuditStreamProblem problem) =>
        new(problem.Reason, problem.Version, problem.Data) { Time = clock.GetUtcNow(), Name = $"{problem.Subject} {problem.Sequence}" };
}
