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
        StorageException? failure = Append(batch, out int count, out SyncedFile? file);
        long before = file is null ? 0 : file.Written - count;
        int start = 0;
        int unwritten = 0;
        foreach (PendingRecord record in batch.Records)
        {
            bool isWhole = record.End <= count;
            // After a partial write, the records before the cut are written.
            int end = isWhole ? record.End : Math.Max(start, count);
            if (record.Ticket is not null) record.Ticket.Settle(new WrittenPart(end - start, file is null ? default : new Placement(file, before + end), isWhole ? null : failure!.Again()));
            else if (isWhole) isQueued = true;
            else unwritten++;
            start = record.End;
        }
        if (failure is null) Succeeded();
        // A record that may be stored must not be written again.
        if (unwritten > 0 && !isLast && failure is { MayBeStored: false })
        {
            Keep(batch, count, failure);
            return failure;
        }
        if (unwritten > 0) observer.Lost(unwritten, failure!);
        batch.Clear();
        return null;
    }

    private StorageException? Append(PendingRecords batch, out int count, out SyncedFile? file)
    {
        count = 0;
        file = null;
        try
        {
            count = appender.Append(batch.Bytes, Timeout, out file);
            return count < batch.ByteCount ? appender.ShortWrite(count, batch.ByteCount) : null;
        }
        catch (StorageException failure)
        {
            return failure;
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
