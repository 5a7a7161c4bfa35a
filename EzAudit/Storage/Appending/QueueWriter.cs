namespace EzAudit.Storage.Appending;

/// <summary>
/// Writes the queue of a log file with one call, and notifies each waiting caller of the outcome. A record without a waiting caller
/// that cannot be written stays in the queue, in order, and is retried after a delay. Only the leader may use it, except for <see cref="IsDue"/> and <see cref="Trouble"/>.
/// </summary>
internal sealed class QueueWriter(RecordQueue queue, LogAppender appender, ILogFileObserver observer, string path)
{
    private const long FirstDelayMs = 250;
    private const long MaxDelayMs = 5000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private long _delay;
    private long _dueAt;
    private volatile string? _trouble;

    /// <summary>Whether there is something to write now: a caller is waiting, or a retry is due.</summary>
    public bool IsDue => queue.HasRecords && (queue.IsAwaited || Environment.TickCount64 >= Volatile.Read(ref _dueAt));

    /// <summary>Why the last attempt to write queued records failed; <see langword="null"/> when it succeeded.</summary>
    public string? Trouble => _trouble;

    /// <summary>Writes all pending records.</summary>
    /// <param name="isLast">Whether this is the last attempt: records that cannot be written are lost.</param>
    /// <param name="isQueued">Whether records without a waiting caller were written, which only the operating system has so far.</param>
    /// <returns>Why some records are still in the queue; <see langword="null"/> when it is empty.</returns>
    public StorageException? WriteAll(bool isLast, out bool isQueued)
    {
        isQueued = false;
        if (queue.TakeAll() is not { } batch) return null;
        AppendResult written = Append(batch.Bytes);
        StorageException? failure = written.Failure;
        long before = written.End - written.Count;
        int start = 0;
        int unwritten = 0;
        foreach (PendingRecord record in batch.Records)
        {
            bool isWhole = record.End <= written.Count;
            // After a partial write, the records before the cut are written.
            int end = isWhole ? record.End : Math.Max(start, written.Count);
            if (record.Ticket is not null) record.Ticket.Settle(written with { End = before + end, Count = end - start, Failure = isWhole ? null : failure!.Again() });
            else if (isWhole) isQueued = true;
            else unwritten++;
            start = record.End;
        }
        if (failure is null) Succeeded();
        // A record that may be stored must not be written again.
        if (unwritten > 0 && !isLast && failure is { MayBeStored: false })
        {
            Keep(batch, written.Count, failure);
            return failure;
        }
        if (unwritten > 0) observer.Lost(unwritten, failure!);
        batch.Clear();
        return null;
    }

    private AppendResult Append(ReadOnlySpan<byte> records)
    {
        try
        {
            return appender.Append(records, Timeout, Environment.TickCount64);
        }
        catch (StorageException failure)
        {
            return new AppendResult(null, 0, 0, failure);
        }
    }

    private void Keep(PendingRecords batch, int written, StorageException failure)
    {
        batch.KeepQueued(written);
        queue.PutBack();
        if (_delay == 0) observer.Report($"{path}: keeps its queued records and will retry. {failure.Message}");
        _delay = Math.Clamp(_delay * 2, FirstDelayMs, MaxDelayMs);
        Volatile.Write(ref _dueAt, Environment.TickCount64 + _delay);
        _trouble = failure.Message;
    }

    private void Succeeded()
    {
        if (_delay == 0) return;
        _delay = 0;
        Volatile.Write(ref _dueAt, 0);
        _trouble = null;
    }
}
