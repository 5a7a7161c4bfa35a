using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Merges sequences of records by time. Each keeps its own order even if its times are not in order, so a wrong clock loses nothing.</summary>
/// <param name="isBackwards">Whether the newest record comes first.</param>
internal sealed class TimeMerge(bool isBackwards = false)
{
    // The sequences that have a record, by the time of that record; at equal times, earlier sequences come first, or last if the newest record comes first.
    private readonly PriorityQueue<int, (long, int)> _heads = new();

    /// <param name="sequences">The sequences.</param>
    public IEnumerable<AuditFoundRecord> Merge(IReadOnlyList<IEnumerable<AuditFoundRecord>> sequences) =>
        sequences.Count == 1 ? sequences[0] : MergeSeveral(sequences);

    /// <param name="sequences">The sequences.</param>
    /// <param name="cancellationToken">Stops the merge.</param>
    public IAsyncEnumerable<AuditFoundRecord> MergeAsync(IReadOnlyList<IAsyncEnumerable<AuditFoundRecord>> sequences, CancellationToken cancellationToken) =>
        sequences.Count == 1 ? sequences[0] : MergeSeveralAsync(sequences, cancellationToken);

    private IEnumerable<AuditFoundRecord> MergeSeveral(IReadOnlyList<IEnumerable<AuditFoundRecord>> sequences)
    {
        IEnumerator<AuditFoundRecord>[] open = [.. sequences.Select(sequence => sequence.GetEnumerator())];
        try
        {
            for (int i = 0; i < open.Length; i++)
            {
                if (open[i].MoveNext()) Add(i, open[i].Current);
            }
            while (_heads.TryDequeue(out int next, out _))
            {
                yield return open[next].Current;
                if (open[next].MoveNext()) Add(next, open[next].Current);
            }
        }
        finally
        {
            foreach (IEnumerator<AuditFoundRecord> sequence in open) sequence.Dispose();
        }
    }

    private async IAsyncEnumerable<AuditFoundRecord> MergeSeveralAsync(
        IReadOnlyList<IAsyncEnumerable<AuditFoundRecord>> sequences, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<AuditFoundRecord>[] open = [.. sequences.Select(sequence => sequence.GetAsyncEnumerator(cancellationToken))];
        try
        {
            for (int i = 0; i < open.Length; i++)
            {
                if (await open[i].MoveNextAsync().ConfigureAwait(false)) Add(i, open[i].Current);
            }
            while (_heads.TryDequeue(out int next, out _))
            {
                yield return open[next].Current;
                if (await open[next].MoveNextAsync().ConfigureAwait(false)) Add(next, open[next].Current);
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<AuditFoundRecord> sequence in open) await sequence.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Add(int sequence, AuditFoundRecord head)
    {
        long ticks = head.Time.UtcTicks;
        _heads.Enqueue(sequence, isBackwards ? (-ticks, -sequence) : (ticks, sequence));
    }
}
