using System.Diagnostics;
using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.Storage.Appending;

/// <summary>
/// The pending records of a log file, until the queue is closed: callers add them, and the leader writes them with one call and notifies each
/// waiting caller of the outcome. A record without a waiting caller that cannot be written stays in the queue, in order, and is retried after a delay.
/// Thread-safe, except that only the leader may write.
/// </summary>
/// <param name="appender">Writes the records.</param>
/// <param name="observer">Is notified of losses and retries.</param>
/// <param name="path">The log file, for messages.</param>
internal sealed class RecordQueue(LogAppender appender, ILogFileObserver observer, string path)
{
    private const int MaxQueuedBytes = 8 << 20;
    private const long FirstDelayMs = 250;
    private const long MaxDelayMs = 5000;
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private PendingRecords _waiting = new();
    private PendingRecords _taken = new();
    private readonly TicketSlot[] _tickets = new TicketSlot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 8)];
    private volatile bool _hasRecords; // set while holding the gate
    private volatile bool _isAwaited; // set while holding the gate
    private volatile bool _isClosed;
    private long _delay;
    private long _dueAt;
    private volatile string? _trouble;

    /// <summary>Whether there are any records; reads a flag, without a lock.</summary>
    public bool HasRecords => _hasRecords;

    /// <summary>Whether there is something to write now: a caller is waiting, or a retry is due. Reads flags, without a lock.</summary>
    public bool IsDue => _hasRecords && (_isAwaited || Environment.TickCount64 >= Volatile.Read(ref _dueAt));

    public bool IsClosed => _isClosed;

    /// <summary>Why the last attempt to write queued records failed; <see langword="null"/> when it succeeded.</summary>
    public string? Trouble => _trouble;

    public int ByteCount
    {
        get
        {
            lock (_gate) return _waiting.ByteCount;
        }
    }

    /// <summary>Adds records of a caller that waits until they are written.</summary>
    /// <param name="records">One or more whole records; they are copied.</param>
    /// <returns>The claim of the caller, who must <see cref="Redeem"/> it.</returns>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public Ticket Add(ReadOnlySpan<byte> records)
    {
        Ticket ticket = Interlocked.Exchange(ref SlotOfThread(), null) ?? new Ticket();
        TryAdd(records, ticket, int.MaxValue);
        return ticket;
    }

    /// <summary>The result of a claim that is settled. A caller that gives up waiting abandons its ticket, because others may still hold it.</summary>
    public AppendResult Redeem(Ticket ticket)
    {
        AppendResult result = ticket.Result;
        ticket.Reset();
        Volatile.Write(ref SlotOfThread(), ticket);
        return result;
    }

    /// <summary>Adds a record for which no caller waits, as soon as there is room.</summary>
    /// <exception cref="StorageException">There was no room in time.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Enqueue(ReadOnlySpan<byte> record, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!TryAdd(record, ticket: null, MaxQueuedBytes))
        {
            if (Stopwatch.GetElapsedTime(start) > timeout) throw new StorageException(
                AuditWriteStage.Write, path, 0, "", $"{path}: its queue of {MaxQueuedBytes >> 20} MiB was full for {timeout.TotalSeconds:0.###} s.");
            spin.SpinOnce();
        }
    }

    /// <summary>Writes all pending records.</summary>
    /// <param name="isLast">Whether this is the last attempt: records that cannot be written are lost.</param>
    /// <param name="isQueued">Whether records without a waiting caller were written, which only the operating system has so far.</param>
    /// <returns>Why some records are still in the queue; <see langword="null"/> when it is empty.</returns>
    public StorageException? WriteAll(bool isLast, out bool isQueued)
    {
        isQueued = false;
        if (!TryTakeAll()) return null;
        AppendResult written = Append(_taken.Bytes);
        StorageException? failure = written.Failure;
        long before = written.End - written.Count;
        int start = 0;
        int unwritten = 0;
        foreach (PendingRecord record in _taken.Records)
        {
            bool isWhole = record.End <= written.Count;
            // After a partial write, the records before the cut are written.
            int end = isWhole ? record.End : Math.Max(start, written.Count);
            if (record.Ticket is not null) record.Ticket.Settle(
                written with { End = before + end, Count = end - start, Failure = isWhole ? null : failure!.Again(), Place = written.Place.After(start) });
            else if (isWhole) isQueued = true;
            else unwritten++;
            start = record.End;
        }
        if (failure is null) Succeeded();
        // A record that may be stored must not be written again.
        if (unwritten > 0 && !isLast && failure is { MayBeStored: false })
        {
            Retry(written.Count, failure);
            return failure;
        }
        if (unwritten > 0) observer.Lost(unwritten, failure!);
        _taken.Clear();
        return null;
    }

    /// <summary>Refuses further records. Returns false if the queue was already closed.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            return _isClosed = true;
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> record, Ticket? ticket, int maxBytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(LogFile));
            // A single record may be larger.
            if (_waiting.ByteCount + (long)record.Length > maxBytes && !_waiting.IsEmpty) return false;
            _waiting.Add(record, ticket);
            _hasRecords = true;
            if (ticket is not null) _isAwaited = true;
        }
        // Pairs with the exchange in CombiningLock: either the leaving leader sees the record, or this caller sees the lock free.
        Interlocked.MemoryBarrier();
        return true;
    }

    private bool TryTakeAll()
    {
        lock (_gate)
        {
            if (_waiting.IsEmpty) return false;
            (_waiting, _taken) = (_taken, _waiting);
            _hasRecords = false;
            _isAwaited = false;
            return true;
        }
    }

    private AppendResult Append(ReadOnlySpan<byte> records)
    {
        try
        {
            return appender.Append(records, WriteTimeout, Environment.TickCount64);
        }
        catch (StorageException failure)
        {
            return new AppendResult(null, 0, 0, failure);
        }
    }

    // Puts what is left of the records back at the front, and delays the next attempt.
    private void Retry(int written, StorageException failure)
    {
        _taken.KeepQueued(written);
        lock (_gate)
        {
            _taken.AddAll(_waiting);
            _waiting.Clear();
            (_waiting, _taken) = (_taken, _waiting);
            _hasRecords = !_waiting.IsEmpty;
        }
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

    // Tickets are reused, so that waiting allocates none. Indexed by thread: a thread usually finds the ticket it returned, and two threads rarely
    // need the same slot.
    private ref Ticket? SlotOfThread() => ref _tickets[Environment.CurrentManagedThreadId & (_tickets.Length - 1)].Ticket;

    private struct TicketSlot
    {
        public Ticket? Ticket;
#pragma warning disable CS0169, IDE0051 // Only its size matters.
        private Apart _apart;
#pragma warning restore CS0169, IDE0051

        /// <summary>Large enough that no two slots share a cache line; otherwise neighbouring threads would invalidate it with every record.</summary>
        [InlineArray(16)]
        private struct Apart
        {
            private object? _first;
        }
    }
}
