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

    private const int MaxWaitingLeaves = 100_000;

    private readonly SharedLedger _ledger;
    private readonly KnownLogs _known;
    private readonly SealerOptions _options;
    private readonly Adoption _adoption;
    private readonly Checkpoints _checkpoints;
    private readonly SealThread _thread;
    private readonly ConcurrentDictionary<SealedFile, bool> _files = new();
    private readonly ExtentPool _extents = new();
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _terminators = new(StringComparer.Ordinal);
    private readonly Renamings _renamings;
    private int _waitingLeaves;

    /// <param name="directory">The log directory; the sealer takes ownership.</param>
    /// <param name="signer">Signs the checkpoints; the sealer takes ownership.</param>
    /// <param name="options">How the directory is sealed.</param>
    public Sealer(ILogDirectory directory, SealSigner signer, SealerOptions options)
    {
        _options = options;
        _ledger = new SharedLedger(directory, signer, options);
        _known = new KnownLogs(directory, _ledger, options.Tampered);
        _adoption = new Adoption(_ledger, directory, TerminatorOf);
        _renamings = new Renamings(_known, _adoption, options.Report);
        _checkpoints = new Checkpoints(_ledger, directory, signer, options);
        _thread = new SealThread(this, _adoption, _checkpoints, options);
    }

    /// <summary>How many bytes a leaf may cover, unless one record is longer; 0: one record.</summary>
    public int LeafBytes => _options.LeafBytes;

    /// <summary>Why records cannot be recorded in the ledger, or the ledger cannot be signed; <see langword="null"/> when all is well.</summary>
    public string? Trouble => _ledger.Trouble;

    /// <summary>Whether the ledger was opened or created.</summary>
    public bool HasLedger => _ledger.File.IsOpen;

    /// <summary>The name of the ledger in its checkpoints; <see langword="null"/> until it is opened.</summary>
    public string? Origin => _ledger.Origin;

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

    /// <summary>
    /// Gives an opened file its number, under its lease: by the time its first lines are written it may have been rotated, compressed and removed.
    /// If the ledger cannot be written, the first lines bring the number.
    /// </summary>
    public void Register(SealedFile file)
    {
        lock (file.SealGate)
        {
            if (file.Id != 0) return;
            long id = 0;
            if (TryAdd(batch => id = _known.Register(file, batch))) file.Id = id;
        }
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
                _extents.Return(extent);
            }
            extents.Clear();
            Interlocked.Add(ref _waitingLeaves, file.Waiting.Count - before);
            if (file.Waiting.Count > 0) Write(file);
        }
    }

    /// <summary>Records that a file is shorter than what was written to it. From then on it is another file to the ledger.</summary>
    /// <exception cref="StorageException">The ledger could not be written.</exception>
    public void Shortened(SealedFile file, long length)
    {
        Seal(file);
        lock (file.SealGate)
        {
            long id = 0;
            Add(batch => id = _known.RegisterAgain(file, length, batch));
            file.Id = id;
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

    public Extent RentExtent(int atLeast) => _extents.Rent(atLeast);

    /// <summary>Records a rotation. If the ledger cannot be written, that does not prevent it: the next lines bring the new name.</summary>
    public void Renaming(string name, string newName, FileIdentity? identity)
    {
        _renamings.Add(new Renaming(name, newName, identity));
        TryAdd(static _ => { });
    }

    /// <summary>Records that retention removes a file, and syncs that.</summary>
    /// <exception cref="StorageException">The ledger could not be written; the file must stay.</exception>
    public void Removing(string name, FileIdentity? identity) => Add(
        batch =>
        {
            foreach (SealedLog log in _known.Find(name, identity)) batch.Begin(LeafKind.Removed).Number(log.Id).Text("retention").End();
        },
        isSynced: true);

    /// <summary>Records that records were lost.</summary>
    public void Dropped(string name, long count, string reason) => TryAdd(batch =>
    {
        long file = _ledger.State.Logs.Values.LastOrDefault(log => log.Name == name)?.Id ?? 0;
        batch.Begin(LeafKind.Dropped).Number(file).Number(count).Text(reason).End();
    });

    /// <summary>Records which settings are in force.</summary>
    public void SettingsApplied(string digest) => TryAdd(batch => batch.Begin(LeafKind.Settings).Text(digest).End());

    /// <summary>Seals and signs everything that was appended so far.</summary>
    /// <exception cref="StorageException">The ledger could not be written or signed.</exception>
    public void SignNow(bool isLast = false)
    {
        foreach (SealedFile file in Files) Seal(file);
        if (isLast) _adoption.Look(Files, isLast);
        _checkpoints.Sign(Files, isLast);
    }

    /// <summary>Writes what is left, a last checkpoint, and the end of this writer.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _ledger.Dispose();
    }

    private bool TryAdd(Action<LeafBatch> write)
    {
        try
        {
            Add(write);
            return true;
        }
        catch (StorageException failure)
        {
            Report(failure.Message);
            return false;
        }
    }

    private void Add(Action<LeafBatch> write, bool isSynced = false)
    {
        LeafBatch batch = _ledger.Enter();
        try
        {
            _renamings.Write(batch, Files);
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
            _renamings.Write(batch, Files);
            long id = file.Id != 0 ? file.Id : _known.Register(file, batch);
            foreach (SealedLeaf leaf in file.Waiting) leaf.Write(batch, LeafKind.Records, id);
            batch.Append();
            // Not before, because the line that gives the number may not be there.
            file.Id = id;
        }
        finally
        {
            _ledger.Exit();
        }
        Interlocked.Add(ref _waitingLeaves, -file.Waiting.Count);
        file.Waiting.Clear();
        if (file.IsClosed) Forget(file);
    }

    private ReadOnlyMemory<byte> TerminatorOf(string name) => _terminators
        .Where(known => name.StartsWith(known.Key, StringComparison.Ordinal))
        .OrderByDescending(known => known.Key.Length)
        .Select(known => known.Value)
        .FirstOrDefault("\n"u8.ToArray());
}
