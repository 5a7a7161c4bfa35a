using System.Collections.Concurrent;
using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>Records in the ledger what is appended to the log files of a directory, and who may have done it. Thread-safe.</summary>
internal sealed class Sealer : IDisposable
{
    /// <summary>With so many full extents, a file does not wait for the sealer's next round.</summary>
    public const int ManyExtents = 4;

    private const int ExtentBytes = 64 << 10;
    private const int MaxPooled = 32;
    private const int MaxWaitingLeaves = 100_000;

    private readonly SharedLedger _ledger;
    private readonly SealerOptions _options;
    private readonly Checkpoints _checkpoints;
    private readonly SealThread _thread;
    private readonly ConcurrentDictionary<SealedFile, bool> _files = new();
    private readonly ConcurrentStack<Extent> _pool = new();
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _terminators = new(StringComparer.Ordinal);
    private int _waitingLeaves;

    /// <param name="directory">The log directory; the sealer takes ownership.</param>
    /// <param name="signer">Signs the checkpoints; the sealer takes ownership.</param>
    /// <param name="options">How the directory is sealed.</param>
    public Sealer(ILogDirectory directory, SealSigner signer, SealerOptions options)
    {
        _options = options;
        _ledger = new SharedLedger(directory, signer, options);
        _checkpoints = new Checkpoints(_ledger, directory, signer, options);
        _thread = new SealThread(this, new Adoption(_ledger, directory, TerminatorOf), _checkpoints, options);
    }

    /// <summary>How many bytes a leaf may cover, unless one record is longer; 0: one record.</summary>
    public int LeafBytes => _options.LeafBytes;

    /// <summary>Why records cannot be recorded in the ledger, or the ledger cannot be signed; <see langword="null"/> when all is well.</summary>
    public string? Trouble => _ledger.Trouble;

    /// <summary>Since when all has been well, or has not.</summary>
    public DateTimeOffset TroubleSince => _ledger.Since;

    /// <summary>The open log files.</summary>
    public IEnumerable<SealedFile> Files => _files.Keys;

    public Action<string> Tampered => _options.Tampered;

    public Action<string> Report => _options.Report;

    /// <summary>Opens the ledger, and starts the thread that keeps it up to date.</summary>
    /// <exception cref="StorageException">The ledger cannot be locked, read or created; records will be refused until it can.</exception>
    public void Start()
    {
        _thread.Start();
        _ledger.Enter();
        _ledger.Exit();
        _thread.Wake();
    }

    /// <summary>Tells what ends the records of a log file, before any of its files is opened.</summary>
    public void Know(string name, ReadOnlyMemory<byte> terminator) => _terminators[name] = terminator;

    /// <summary>Seals a log file.</summary>
    public SealedFile Open(IAppendFile file, string name, ReadOnlyMemory<byte> terminator)
    {
        var opened = new SealedFile(file, name, terminator, this);
        _files.TryAdd(opened, true);
        return opened;
    }

    /// <summary>Forgets a closed file, unless leaves of it still wait.</summary>
    public void Forget(SealedFile file)
    {
        if (file.Waiting.Count == 0) _files.TryRemove(file, out _);
    }

    /// <summary>Writes the lines of everything that was appended to a file so far.</summary>
    /// <exception cref="StorageException">The ledger could not be written; the lines are kept, and written with the next ones.</exception>
    public void Seal(SealedFile file)
    {
        lock (file.SealGate)
        {
            int before = file.Waiting.Count;
            List<Extent> extents = file.Take();
            foreach (Extent extent in extents)
            {
                file.Hasher.Hash(extent, file.Waiting);
                Return(extent);
            }
            extents.Clear();
            Interlocked.Add(ref _waitingLeaves, file.Waiting.Count - before);
            if (file.Waiting.Count > 0) Write(file);
        }
    }

    /// <summary>Refuses a record while the ledger cannot take the lines of earlier ones.</summary>
    /// <exception cref="StorageException">Too many lines wait.</exception>
    public void ThrowIfStuck()
    {
        if (Volatile.Read(ref _waitingLeaves) > MaxWaitingLeaves) throw new StorageException(
            AuditWriteStage.Seal, "ledger", 0, "", $"{_waitingLeaves} lines wait for the ledger, which cannot be written: {_ledger.Trouble}");
    }

    /// <summary>Called after each append.</summary>
    public void Noticed(bool isMuch) => _thread.Noticed(isMuch);

    public Extent RentExtent(int atLeast) => atLeast <= ExtentBytes && _pool.TryPop(out Extent? extent) ? extent : new Extent(Math.Max(ExtentBytes, atLeast));

    /// <summary>Records a rotation. A failure does not prevent it: verifiers find the file by its content as well.</summary>
    public void Renaming(string name, string newName, FileIdentity? identity)
    {
        try
        {
            Add(batch =>
            {
                if (Find(name, identity) is { } log) batch.Begin(LeafKind.Renamed).Number(log.Id).Text(newName).End();
            });
        }
        catch (StorageException failure)
        {
            Report(failure.Message);
        }
    }

    /// <summary>Records that retention removes a file, and syncs that.</summary>
    /// <exception cref="StorageException">The ledger could not be written; the file must stay.</exception>
    public void Removing(string name, FileIdentity? identity) => Add(
        batch =>
        {
            if (Find(name, identity) is { } log) batch.Begin(LeafKind.Removed).Number(log.Id).Text("retention").End();
        },
        isSynced: true);

    /// <summary>Records that records were lost.</summary>
    public void Dropped(string name, long count, string reason) => AddOrReport(batch =>
    {
        long file = _ledger.State.Logs.Values.LastOrDefault(log => log.Name == name)?.Id ?? 0;
        batch.Begin(LeafKind.Dropped).Number(file).Number(count).Text(reason).End();
    });

    /// <summary>Records which settings are in force.</summary>
    public void SettingsApplied(string digest) => AddOrReport(batch => batch.Begin(LeafKind.Settings).Text(digest).End());

    /// <summary>Seals and signs everything that was appended so far.</summary>
    /// <exception cref="StorageException">The ledger could not be written or signed.</exception>
    public void SignNow(bool isLast = false)
    {
        foreach (SealedFile file in Files) Seal(file);
        _checkpoints.Sign(Files, isLast);
    }

    /// <summary>Writes what is left, a last checkpoint, and the end of this writer.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _ledger.Dispose();
    }

    private void AddOrReport(Action<LeafBatch> write)
    {
        try
        {
            Add(write);
        }
        catch (StorageException failure)
        {
            Report(failure.Message);
        }
    }

    private void Add(Action<LeafBatch> write, bool isSynced = false)
    {
        LeafBatch batch = _ledger.Enter();
        try
        {
            write(batch);
            batch.Append();
            if (isSynced) _ledger.File.Sync();
        }
        finally
        {
            _ledger.Exit();
        }
        _thread.Wake();
    }

    private void Write(SealedFile file)
    {
        LeafBatch batch = _ledger.Enter();
        try
        {
            if (file.Id == 0) file.Id = Register(file, batch);
            foreach (SealedLeaf leaf in file.Waiting) leaf.Write(batch, LeafKind.Records, file.Id);
            batch.Append();
        }
        finally
        {
            _ledger.Exit();
        }
        Interlocked.Add(ref _waitingLeaves, -file.Waiting.Count);
        file.Waiting.Clear();
        if (file.IsClosed) Forget(file);
    }

    // The number of the file, which another process or an earlier run may have given it.
    private long Register(SealedFile file, LeafBatch batch)
    {
        SealedLog? known = _ledger.State.Logs.Values.LastOrDefault(log => log.Inode == file.Inode && IsOfSameFamily(log.Name, file.Name));
        if (known is not null && !IsShorter(file, known, batch))
        {
            if (known.Name != file.Name && !file.IsClosed) batch.Begin(LeafKind.Renamed).Number(known.Id).Text(file.Name).End();
            return known.Id;
        }
        long id = _ledger.State.LastFileId + 1;
        batch.Begin(LeafKind.File).Number(id).Number(0).Number(file.Inode).Text(file.Name).End();
        return id;
    }

    private bool IsShorter(SealedFile file, SealedLog known, LeafBatch batch)
    {
        if (file.IsClosed) return false;
        long length = file.Identify().Length;
        if (length >= known.Covered.End) return false;
        batch.Begin(LeafKind.Shortened).Number(known.Id).Number(known.Covered.End).Number(length).End();
        Tampered($"{file.Name}: found {length} bytes, expected the {known.Covered.End} that the ledger vouches for.");
        return true;
    }

    private ReadOnlyMemory<byte> TerminatorOf(string name) => _terminators
        .Where(known => name.StartsWith(known.Key, StringComparison.Ordinal))
        .OrderByDescending(known => known.Key.Length)
        .Select(known => known.Value)
        .FirstOrDefault("\n"u8.ToArray());

    private SealedLog? Find(string name, FileIdentity? identity)
    {
        long? inode = identity is { } found ? (long)(found.Inode & long.MaxValue) : null;
        string plain = name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
        IEnumerable<SealedLog> logs = _ledger.State.Logs.Values;
        return logs.LastOrDefault(log => log.Inode == inode && IsOfSameFamily(log.Name, name)) ?? logs.LastOrDefault(log => log.Name == name || log.Name == plain);
    }

    // login.log, and login.log.1 that it was renamed to.
    private static bool IsOfSameFamily(string one, string other)
    {
        string shorter = one.Length < other.Length ? one : other;
        string longer = one.Length < other.Length ? other : one;
        return longer.StartsWith(shorter, StringComparison.Ordinal) && (longer.Length == shorter.Length || longer[shorter.Length] == '.' || char.IsAsciiDigit(shorter[^1]));
    }

    private void Return(Extent extent)
    {
        if (extent.Capacity == ExtentBytes && _pool.Count < MaxPooled) _pool.Push(extent);
    }
}
