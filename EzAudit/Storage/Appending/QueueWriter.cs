namespace EzAudit.Storage.Appending;

/// <summary>
/// Writes what waits in the queue of a log file with one call, and tells each who waits for a record what became of it. What nobody waits
/// for and cannot be written stays in the queue, in its order, and is tried again after a while. For one leader at a time, but for <see cref="IsDue"/> and <see cref="Trouble"/>.
/// </summary>
internal sealed class QueueWriter(RecordQueue queue, LogAppender appender, ILogFileObserver observer, string path)
{
    private const long FirstDelayMs = 250;
    private const long MaxDelayMs = 5000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private long _delay;
    private long _dueAt;
    private volatile string? _trouble;

    /// <summary>Whether there is something to write now: somebody waits, or what was kept is to be tried again.</summary>
    public bool IsDue => queue.HasRecords && (queue.IsAwaited || Environment.TickCount64 >= Volatile.Read(ref _dueAt));

    /// <summary>Why what is queued could not be written the last time; <see langword="null"/> when it could.</summary>
    public string? Trouble => _trouble;

    /// <summary>Writes all that waits.</summary>
    /// <param name="isLast">Whether nobody will try again: what cannot be written is lost.</param>
    /// <param name="isQueued">Whether records for which nobody waits were written: they are with the operating system only.</param>
    /// <returns>Why some are still in the queue; <see langword="null"/> when none are.</returns>
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
            // Of a piece that was cut off, the records before the cut are written.
            int end = isWhole ? record.End : Math.Max(start, count);
            if (record.Ticket is not null) record.Ticket.Settle(new WrittenPart(end - start, file is null ? default : new Placement(file, before + end), isWhole ? null : failure!.Again()));
            else if (isWhole) isQueued = true;
            else unwritten++;
            start = record.End;
        }
        if (failure is null) Succeeded();
        // What may be stored must not be written twice.
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
        if (_delay == 0) observer.Report($"{path}: keeps what is queued and tries again. {failure.Message}");
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
