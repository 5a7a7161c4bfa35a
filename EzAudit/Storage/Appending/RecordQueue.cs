using System.Diagnostics;
using EzAudit.Records;

namespace EzAudit.Storage.Appending;

/// <summary>The records that the leader has yet to write, until the queue is closed. Thread-safe, except that only one thread at a time may take them.</summary>
/// <param name="path">The log file, for messages.</param>
internal sealed class RecordQueue(string path)
{
    private const int MaxQueuedBytes = 8 << 20;

    private readonly Lock _gate = new();
    private PendingRecords _waiting = new();
    private PendingRecords _taken = new();
    private readonly SlotPool<Ticket> _tickets = new();
    private volatile bool _hasRecords; // set while holding the gate
    private volatile bool _isAwaited; // set while holding the gate
    private volatile bool _isClosed;

    /// <summary>Whether there are any records; reads a flag, without a lock.</summary>
    public bool HasRecords => _hasRecords;

    /// <summary>Whether a caller waits for one of them; reads a flag, without a lock.</summary>
    public bool IsAwaited => _isAwaited;

    public bool IsClosed => _isClosed;

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
        Ticket ticket = _tickets.Rent();
        TryAdd(records, ticket, int.MaxValue);
        return ticket;
    }

    /// <summary>The result of a claim that is settled. A caller that gives up waiting abandons its ticket, because others may still hold it.</summary>
    public AppendResult Redeem(Ticket ticket)
    {
        AppendResult result = ticket.Result;
        ticket.Reset();
        _tickets.Return(ticket);
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

    /// <summary>Takes all records; <see langword="null"/> when there are none. The caller must clear them or put them back before the next call.</summary>
    public PendingRecords? TakeAll()
    {
        lock (_gate)
        {
            if (_waiting.IsEmpty) return null;
            (_waiting, _taken) = (_taken, _waiting);
            _hasRecords = false;
            _isAwaited = false;
            return _taken;
        }
    }

    /// <summary>Puts what is left of the records taken last back at the front.</summary>
    public void PutBack()
    {
        lock (_gate)
        {
            _taken.AddAll(_waiting);
            _waiting.Clear();
            (_waiting, _taken) = (_taken, _waiting);
            _hasRecords = !_waiting.IsEmpty;
        }
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
}
