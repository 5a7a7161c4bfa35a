namespace EzAudit.Storage.Appending;

/// <summary>The records that the leader has yet to write, until the queue is closed. Thread-safe, except that only one thread at a time may take them.</summary>
internal sealed class RecordQueue
{
    private readonly Lock _gate = new();
    private PendingRecords _waiting = new();
    private PendingRecords _taken = new();
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

    /// <summary>Appends a record. Returns false if the queue would exceed <paramref name="maxBytes"/>.</summary>
    /// <param name="record">One whole record; it is copied.</param>
    /// <param name="ticket">The ticket of the waiting caller; <see langword="null"/> for a queued record.</param>
    /// <param name="maxBytes">How many bytes the queue may hold; a single record may be larger.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryAdd(ReadOnlySpan<byte> record, Ticket? ticket, int maxBytes = int.MaxValue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(LogFile));
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
