using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>
/// The ledger that several threads and processes append to. Whoever has entered holds its lock, and sees everything that others wrote.
/// Thread-safe.
/// </summary>
internal sealed class SharedLedger : IDisposable
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogDirectory _directory;
    private readonly SealSigner _signer;
    private readonly SealerOptions _options;
    private readonly Lock _gate = new();
    private readonly LedgerFile _file;
    private readonly LeafBatch _batch;
    private readonly string _instance = Convert.ToHexStringLower(BitConverter.GetBytes(Random.Shared.Next()));
    private bool _isStopped;
    private bool _isChecked;

    public SharedLedger(ILogDirectory directory, SealSigner signer, SealerOptions options)
    {
        _directory = directory;
        _signer = signer;
        _options = options;
        Since = options.TimeProvider.GetUtcNow();
        _file = new LedgerFile(directory, Now, options.Tampered, options.SegmentBytes);
        _batch = new LeafBatch(_file, Now);
    }

    /// <summary>Why the ledger cannot be used or signed; <see langword="null"/> when it can.</summary>
    public string? Trouble
    {
        get;
        private set
        {
            if (field is null != value is null) Since = _options.TimeProvider.GetUtcNow();
            field = value;
        }
    }

    /// <summary>Since when it has been so.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>The name of the ledger in its checkpoints; <see langword="null"/> until it is opened. It never changes then.</summary>
    public string? Origin { get; private set; }

    /// <summary>The ledger; for the thread that has entered.</summary>
    public LedgerFile File => _file;

    public LedgerState State => _file.State;

    /// <summary>Waits for the lock, opens the ledger if necessary, and reads what others wrote.</summary>
    /// <returns>A batch for new leaves. <see cref="Exit"/> must follow, whatever happens.</returns>
    /// <exception cref="StorageException">The ledger cannot be locked, read or created. There is nothing to exit then.</exception>
    public LeafBatch Enter()
    {
        _gate.Enter();
        bool isLocked = false;
        try
        {
            _file.Lock(LockTimeout);
            isLocked = true;
            if (_file.IsOpen) CatchUp();
            else Open();
            Origin ??= OriginOf(State);
            _batch.Clear();
            return _batch;
        }
        catch (Exception failure)
        {
            Trouble = failure.Message;
            if (isLocked) Unlock();
            _gate.Exit();
            if (failure is SealKeyException) throw new StorageException(AuditWriteStage.Seal, _directory.Path, failure.Message);
            throw;
        }
    }

    public void Exit()
    {
        Unlock();
        _gate.Exit();
    }

    /// <summary>Signs the tree as it is. Called by the thread that has entered.</summary>
    /// <exception cref="SealKeyException">There is no usable key.</exception>
    public SignedCheckpoint Sign() => Sign(State);

    /// <summary>Makes sure that the current key is at hand, or begins a new trust root. Called by the thread that has entered.</summary>
    /// <exception cref="SealKeyException">There is no key, and none can be created.</exception>
    public void FindKey()
    {
        KeyFinding finding = _signer.Find(CurrentKey(State));
        if (finding.State == KeyState.Ready)
        {
            if (!IsRolledBack(out string problem)) return;
            finding = new KeyFinding(KeyState.Newer, null, problem);
        }
        if (finding.State == KeyState.Unreadable || !_options.CreatesRoots) throw new SealKeyException(finding.Problem);
        EpochKey root = finding.State == KeyState.Root ? finding.Found! : _signer.CreateRoot(OriginOf(State));
        _batch.Clear();
        _batch.Begin(LeafKind.Genesis).Text(root.Key.ToString()).End();
        _batch.Append();
        _options.Tampered($"{_directory.Path}: the ledger has a new trust root: {finding.Problem}");
        _options.RootCreated(root.Key);
    }

    /// <summary>Notes that the ledger works again.</summary>
    public void Succeeded() => Trouble = null;

    /// <summary>Notes why the ledger could not be signed.</summary>
    public void Failed(string problem) => Trouble = problem;

    /// <summary>The key that the ledger names as the current one.</summary>
    public static EpochKey? CurrentKey(LedgerState state) =>
        VerificationKey.TryParse(state.Key, out VerificationKey? key) ? new EpochKey(state.Epoch, key) : null;

    /// <summary>Adds the leaf that ends this writer.</summary>
    public void Stop(LeafBatch batch)
    {
        if (_isStopped) return;
        _isStopped = true;
        batch.Begin(LeafKind.Stopped).Text(_instance).End();
    }

    public void Dispose()
    {
        _file.Dispose();
        _options.LocalAnchor?.Dispose();
        _signer.Dispose();
        _directory.Dispose();
    }

    public long Now() => (_options.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private SignedCheckpoint Sign(LedgerState state)
    {
        EpochKey current = CurrentKey(state)!;
        return _signer.Sign(new Checkpoint(current.Key.Name, state.Tree.Size, state.Tree.Root), current);
    }

    // Found by an earlier checkpoint: the key of the running epoch could sign the shorter ledger as well.
    private bool IsRolledBack(out string problem)
    {
        problem = "";
        if (_isChecked) return false;
        _isChecked = true;
        if (_options.LocalAnchor?.Read() is not { } newest || newest.Checkpoint.Origin != OriginOf(State) || newest.Checkpoint.Size <= State.Tree.Size) return false;
        problem = $"found {State.Tree.Size} leaves, expected the {newest.Checkpoint.Size} of the newest checkpoint in the key directory: the ledger was taken back to an earlier state";
        return true;
    }

    private string OriginOf(LedgerState state) => CurrentKey(state)?.Key.Name ?? _options.Origin;

    private void CatchUp()
    {
        try
        {
            _file.CatchUp();
        }
        catch (StorageException failure) when (failure.Errno == 0 && failure.Stage == AuditWriteStage.Seal)
        {
            _options.Tampered(failure.Message);
            Open();
        }
    }

    private void Open()
    {
        if (!_file.TryOpen()) Create();
        else TryFindKey();
        _batch.Clear();
        _batch.Begin(LeafKind.Started).Text(_instance).Number(Environment.ProcessId).Text(_options.HostName).End();
        _batch.Append();
    }

    // Without a key, leaves are still added; they are signed once there is one.
    private void TryFindKey()
    {
        try
        {
            FindKey();
        }
        catch (Exception failure) when (failure is SealKeyException or StorageException)
        {
            Trouble = failure.Message;
            _options.Report(failure.Message);
        }
    }

    // The first segment: the trust root, and the log files that are older than it.
    private void Create()
    {
        KeyFinding finding = _signer.Find(null);
        if (finding.State == KeyState.Unreadable) throw new SealKeyException(finding.Problem);
        // Whoever removed the ledger could have changed the log files, which a new one calls older than itself.
        if (_options.LocalAnchor?.Read() is { } newest)
            finding = new KeyFinding(KeyState.Newer, null, $"found none, expected the {newest.Checkpoint.Size} leaves of the newest checkpoint in the key directory");
        EpochKey root = finding.State == KeyState.Root ? finding.Found! : _signer.CreateRoot(_options.Origin);
        if (finding.State is not (KeyState.Root or KeyState.Missing)) _options.Tampered($"{_directory.Path}: found no ledger, but a key of one: {finding.Problem}");
        var lines = new LineBuffer();
        lines.Leaf(LeafKind.Genesis, 0, Now()).Text(root.Key.ToString()).End();
        long file = 0;
        foreach (var (name, identity) in OlderFiles.In(_directory))
            lines.Leaf(LeafKind.File, ++file, Now()).Number(file).Number(identity.Length).Number(KnownLogs.MarkOf(identity)).Text(name).End();
        var folder = new LedgerFolder(new LedgerState(), static _ => { });
        folder.Fold(lines.Bytes, 0);
        SignedCheckpoint checkpoint = Sign(folder.State);
        lines.Checkpoint(checkpoint);
        // First, because a ledger without this file counts as damaged.
        NoteFile.Replace(_directory, LedgerSegments.CheckpointName, checkpoint);
        _file.BeginSegment(lines.Bytes);
        if (finding.State != KeyState.Root) _options.RootCreated(root.Key);
    }

    private void Unlock()
    {
        try
        {
            _file.Unlock();
        }
        catch (StorageException failure)
        {
            _options.Report(failure.Message);
        }
    }
}
