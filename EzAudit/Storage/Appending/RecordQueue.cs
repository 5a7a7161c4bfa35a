namespace EzAudit.Storage.Appending;

/// <summary>The records that wait to be written by whoever leads, until it is closed. For many threads at once; taken out by one at a time.</summary>
internal sealed class RecordQueue
{
    private readonly Lock _gate = new();
    private PendingRecords _waiting = new();
    private PendingRecords _taken = new();
    private volatile bool _hasRecords; // set under the gate
    private volatile bool _isAwaited; // set under the gate
    private volatile bool _isClosed;

    /// <summary>Whether any wait; one look, without a lock.</summary>
    public bool HasRecords => _hasRecords;

    /// <summary>Whether somebody waits for one of them; one look, without a lock.</summary>
    public bool IsAwaited => _isAwaited;

    public bool IsClosed => _isClosed;

    public int ByteCount
    {
        get
        {
            lock (_gate) return _waiting.ByteCount;
        }
    }

    /// <summary>Adds a record behind the others. False: that would be more than so many bytes.</summary>
    /// <param name="record">One whole record; copied.</param>
    /// <param name="ticket">Who waits for it; nobody, when it is only queued.</param>
    /// <param name="maxBytes">How many bytes may wait; a single record may be larger.</param>
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
        // Against the exchange in LeaderSeat: either the leader who goes sees the record, or the seat is seen free by who added it.
        Interlocked.MemoryBarrier();
        return true;
    }

    /// <summary>Takes out all that wait; <see langword="null"/> when none do. To be cleared before the next time, or put back.</summary>
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

    /// <summary>Puts what is left of those that were taken out last in front of the others.</summary>
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

    /// <summary>Lets no more records in. False: it was closed already.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            return _isClosed = true;
        }
    }
}
