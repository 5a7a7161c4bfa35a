using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>
/// A log file whose bytes the ledger vouches for: keeps a copy of what was appended until it is hashed, and writes its line in the ledger
/// before a sync returns. Thread-safe as <see cref="IAppendFile"/> demands.
/// </summary>
internal sealed class SealedFile : IAppendFile, ILedgerFile
{
    private readonly IAppendFile _inner;
    private readonly Sealer _sealer;
    private readonly FileIdentity _identity;
    private readonly Lock _gate = new();
    private readonly Lock _syncing = new();
    private List<Extent> _closed = [];
    private List<Extent> _taken = [];
    private Extent? _open;
    private long _end = -1;
    private int _term;
    private bool _isUnsynced;
    private StorageException? _syncFailure;

    public SealedFile(IAppendFile inner, string name, ReadOnlyMemory<byte> terminator, Sealer sealer)
    {
        _inner = inner;
        _sealer = sealer;
        _identity = inner.Identify();
        Name = name;
        Hasher = new ExtentHasher(this, terminator, sealer.LeafBytes, sealer.Tampered);
    }

    /// <summary>Its name in the log directory when it was opened.</summary>
    public string Name { get; }

    /// <summary>Its number in the ledger; 0 until its first leaf is written.</summary>
    public long Id { get; set; }

    // Not under the gate: only the writer that asks changes the end.
    public FilePlace Next => new(Id, _end);

    public long Mark => KnownLogs.MarkOf(_identity);

    /// <summary>How long it was when the first lease was taken.</summary>
    public long FirstLength { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Held while its leaves are made and written, by the thread that does so.</summary>
    public Lock SealGate { get; } = new();

    /// <summary>Makes leaves of extents; used under <see cref="SealGate"/>.</summary>
    public ExtentHasher Hasher { get; }

    /// <summary>The leaves that wait for the ledger; used under <see cref="SealGate"/>.</summary>
    public List<SealedLeaf> Waiting { get; } = [];

    public FileIdentity Identify() => _inner.Identify();

    public void BeginTerm(long length)
    {
        bool isShorter;
        lock (_gate) isShorter = length < _end;
        if (isShorter) _sealer.Shortened(this, length);
        if (_term == 0)
        {
            FirstLength = length;
            _sealer.Register(this);
        }
        lock (_gate)
        {
            if (length == _end) return;
            CloseExtent();
            _end = length;
            _term++;
        }
    }

    public int Append(ReadOnlySpan<byte> bytes)
    {
        _sealer.ThrowIfStuck();
        int count = _inner.Append(bytes);
        bool isMuch;
        lock (_gate)
        {
            _isUnsynced = true;
            if (count > 0) Keep(bytes[..count]);
            _end += count;
            isMuch = _closed.Count >= Sealer.ManyExtents;
        }
        _sealer.Noticed(isMuch);
        return count;
    }

    // The line in the ledger comes first: what is on disk and acknowledged is then attested, whenever the process is killed.
    public void Sync()
    {
        BeginSync();
        StorageException? failure = null;
        try
        {
            _sealer.Seal(this);
        }
        catch (StorageException problem)
        {
            failure = problem;
        }
        SyncBytes();
        if (failure is not null) throw new StorageException(failure.Stage, failure.Path, failure.Errno, failure.ErrnoName, failure.Message, mayBeStored: true);
    }

    /// <summary>Syncs what was appended, unless that is done. A failure is also thrown to the next caller of <see cref="Sync"/>: the kernel tells it only once.</summary>
    public void SyncBytes()
    {
        lock (_syncing)
        {
            if (_syncFailure is not null) throw _syncFailure.Again();
            lock (_gate)
            {
                if (!_isUnsynced) return;
                _isUnsynced = false;
            }
            try
            {
                _inner.Sync();
            }
            catch (StorageException failure)
            {
                _syncFailure = failure;
                throw;
            }
        }
    }

    public int Read(Span<byte> buffer, long offset) => _inner.Read(buffer, offset);

    /// <summary>Takes everything that was appended and not taken before; called under <see cref="SealGate"/>.</summary>
    public List<Extent> Take()
    {
        lock (_gate)
        {
            CloseExtent();
            (_closed, _taken) = (_taken, _closed);
            return _taken;
        }
    }

    /// <summary>Whether the oldest bytes that wait are older than this tick.</summary>
    public bool HasWaitingSince(long tick)
    {
        lock (_gate) return _closed.Count > 0 ? _closed[0].Since <= tick : _open is { Bytes.IsEmpty: false } open && open.Since <= tick;
    }

    /// <summary>The bytes of this process that have no leaf yet.</summary>
    public IReadOnlyList<ByteRange> Unsealed()
    {
        lock (_gate)
        {
            IEnumerable<Extent> extents = _open is null ? _closed : _closed.Append(_open);
            return [.. extents.Select(extent => new ByteRange(extent.Offset, extent.Offset + extent.Bytes.Length))];
        }
    }

    public void Dispose()
    {
        try
        {
            _sealer.Seal(this);
        }
        catch (StorageException failure)
        {
            _sealer.Report(failure.Message);
        }
        IsClosed = true;
        _sealer.Forget(this);
        Hasher.Dispose();
        _inner.Dispose();
    }

    // The disk writes the records while their line is made.
    private void BeginSync()
    {
        lock (_syncing)
        {
            lock (_gate)
            {
                if (!_isUnsynced || _syncFailure is not null) return;
            }
            try
            {
                _inner.BeginSync();
            }
            catch (StorageException failure)
            {
                _syncFailure = failure;
            }
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_open is not null && _open.TryAdd(bytes)) return;
        CloseExtent();
        _open = _sealer.RentExtent(bytes.Length);
        _open.Begin(_end, _term);
        _open.TryAdd(bytes);
    }

    private void CloseExtent()
    {
        if (_open is { Bytes.IsEmpty: false }) _closed.Add(_open);
        _open = null;
    }
}
