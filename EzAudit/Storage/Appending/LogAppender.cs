using EzAudit.Records;
using EzAudit.Storage.Rotating;

namespace EzAudit.Storage.Appending;

/// <summary>
/// Appends to one log file for the current leader: keeps other processes and torn tails away from the records,
/// follows the file when it is renamed or deleted, and rotates it. Not thread-safe, except for <see cref="Current"/>.
/// </summary>
internal sealed class LogAppender(
    ILogDirectory directory, string name, Framing framing, Rotation rotation, LogFileWorker worker, ILogFileObserver observer) : IDisposable
{
    // The clock behind TickCount64 has steps of a few milliseconds.
    private const long LongestStepMs = 4;
    private const int ManyInStep = 8;
    private const long RotationRetryMs = 1000;
    private static readonly TimeSpan MaxClosingWait = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(directory.Path, name);
    private FileLease? _lease;
    private volatile SyncedFile? _file;
    private FileIdentity _identity;
    private long _length;
    private long _rotationBlockedUntil;
    private long _turn;
    private int _inStep;
    private bool _isBusy;
    private bool _hasWritten;
    private bool _hasAppliedRetention;
    private TimeSpan _closingTimeout = MaxClosingWait;

    /// <summary>The file currently written to; null before the first record and after a failure.</summary>
    public SyncedFile? Current => _file;

    /// <summary>Whether this process holds the lease, which keeps other processes from writing.</summary>
    public bool HoldsLease => _lease is { IsHeld: true };

    /// <summary>Appends whole records with one call to the operating system.</summary>
    /// <param name="records">One or more records.</param>
    /// <param name="timeout">How long to wait for other processes.</param>
    /// <param name="file">The file that they were appended to.</param>
    /// <returns>The number of bytes written; fewer than given when the disk is full or a limit is reached.</returns>
    public int Append(ReadOnlySpan<byte> records, TimeSpan timeout, out SyncedFile file)
    {
        long now = Environment.TickCount64;
        CountIn(now);
        _hasWritten = true;
        _closingTimeout = timeout < MaxClosingWait ? timeout : MaxClosingWait;
        file = Prepare(timeout);
        int count = Write(file, records);
        if (count == records.Length) return count;
        // Never write the rest separately: another process's record may follow the torn piece. The next term closes it.
        _length = -1;
        ReleaseLease();
        return count;
    }

    private void CountIn(long now)
    {
        bool isSameStep = now == _turn;
        // Two records in succession are not enough: a caller that writes every few milliseconds would block other processes permanently.
        _isBusy = isSameStep || (_inStep >= ManyInStep && now - _turn <= LongestStepMs);
        _inStep = isSameStep ? _inStep + 1 : 1;
        _turn = now;
    }

    public StorageException ShortWrite(int found, int wanted) => new(
        AuditWriteStage.Write, _path, 0, "", $"{_path}: wrote only {found} of {wanted} bytes: the disk is full or a limit is reached.");

    /// <summary>
    /// Ends a leader's turn: keeps the lease only while records arrive in quick succession, that is, two within one step of the system's
    /// cheap clock (a few milliseconds), or one right after a step with many. Taking the lease again costs three system calls.
    /// </summary>
    public void EndTurn()
    {
        if (!_hasWritten) return;
        _hasWritten = false;
        if (!_isBusy) ReleaseLease();
    }

    /// <summary>Releases the lease if it has been held long enough. Returns false if the caller must try again later.</summary>
    public bool TryReleaseLease()
    {
        if (_lease is not { IsHeld: true }) return true;
        if (!_lease.IsDueAt(Environment.TickCount64)) return false;
        ReleaseLease();
        return true;
    }

    public void Dispose()
    {
        _lease?.Dispose();
        _file?.Dispose();
        directory.Dispose();
    }

    // Checks, at most once per term of the lease, everything that may have changed since the last record:
    // within a term no other EzAudit process touches the file.
    private SyncedFile Prepare(TimeSpan timeout)
    {
        if (_file is { IsPoisoned: true }) Abandon();
        if (_lease is { IsHeld: true } lease && lease.IsDueAt(_turn)) ReleaseLease();
        if (_file is null || !HoldsLease) BeginTerm(timeout);
        if (rotation.IsDue(_length)) Rotate();
        return _file!;
    }

    private void BeginTerm(TimeSpan timeout)
    {
        try
        {
            if (_file is null || _lease is null) Reopen();
            _lease!.Take(timeout);
            if (IdentifyCurrent() is not { } identity)
            {
                // The file was rotated by another process, renamed or deleted; or the directory was deleted or moved, and the lock with it.
                ReportIfDeleted();
                ReleaseLease();
                Reopen();
                _lease.Take(timeout);
                identity = IdentifyCurrent() ?? OpenAgain();
            }
            if (!_hasAppliedRetention) ApplyRetention();
            if (identity.Length < _length) observer.Tampered($"{_path}: found {identity.Length} bytes, expected {_length}: another program truncated it.");
            if (identity.Length != _length) CloseTornTail(identity.Length);
        }
        catch
        {
            // Closing the file also releases its lock, whatever failed.
            _length = -1;
            _lease?.Dispose();
            _lease = null;
            throw;
        }
    }

    // If releasing the lock fails, closing it frees it as well; the record is already written and not affected.
    private void ReleaseLease()
    {
        try
        {
            _lease?.Release();
        }
        catch (StorageException failure)
        {
            observer.Report(failure.Message);
            _lease!.Dispose();
            _lease = null;
        }
    }

    // The file at the path, if it is the open file.
    private FileIdentity? IdentifyCurrent() => directory.Identify(name) is { } current && current.IsSameFile(_identity) ? current : null;

    // If another process rotated the file and then compressed or deleted it as configured, nobody tampered with it, and its name is in use again.
    private void ReportIfDeleted()
    {
        try
        {
            if (_file is not { } file || file.File.Identify().Links > 0 || (rotation.RemovesFiles && directory.Identify(name) is not null)) return;
            observer.Tampered($"{_path}: another program deleted it, and the records in it are gone.");
        }
        catch (StorageException)
        {
            // Not a reason to refuse the pending record: it can still be stored.
        }
    }

    private FileIdentity OpenAgain()
    {
        Open();
        return _identity;
    }

    // The directory itself may be deleted or moved: then reopen locks and file by path.
    private void Reopen()
    {
        if (_lease is not null)
        {
            _lease.Dispose();
            _lease = null;
            directory.Reopen();
        }
        _lease = new FileLease(directory.OpenLock(LockFiles.TurnstileName(name)), directory.OpenLock(LockFiles.LeaseName(name)), _path);
        Open();
    }

    private void Open()
    {
        CloseFile();
        IAppendFile file = directory.OpenAppend(name);
        try
        {
            // Must precede the first record: a file whose name is not on disk is lost with its records. Do it even if the file
            // already existed: its creator may have been stopped before it synced the directory.
            directory.Sync(name);
            _identity = file.Identify();
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _file = new SyncedFile(file, _path, worker, observer);
        rotation.Begin(_identity);
        // Not the actual length, so that the next check examines the tail.
        _length = _identity.Length == 0 ? 0 : -1;
    }

    // Callers that wait for their records are notified through the file itself; for all other records, failures are reported here.
    private void CloseFile()
    {
        if (_file is not { } file) return;
        _file = null;
        try
        {
            file.SyncThrough(file.Written, _closingTimeout);
        }
        catch (StorageException failure)
        {
            observer.Report($"{_path}: its last records may be lost. {failure.Message}");
        }
        file.Dispose();
    }

    private void Abandon()
    {
        _file?.Dispose();
        _file = null;
        ReleaseLease();
    }

    private void CloseTornTail(long length)
    {
        bool isTorn = TornTail.IsLeft(_file!.File, ref length, framing);
        _length = length;
        if (!isTorn) return;
        observer.Report($"{_path}: found a torn record at its end, expected a complete one; closed it, so that the next record starts cleanly.");
        ReadOnlySpan<byte> end = framing.TornTailEnd.Span;
        int count = Write(_file, end);
        if (count < end.Length) throw ShortWrite(count, end.Length);
    }

    private int Write(SyncedFile file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            int count = file.Append(bytes);
            _length += count;
            return count;
        }
        catch (StorageException)
        {
            _length = -1;
            ReleaseLease();
            throw;
        }
    }

    // The settings may have changed since the last rotation.
    private void ApplyRetention()
    {
        _hasAppliedRetention = true;
        try
        {
            rotation.ApplyRetention(name);
        }
        catch (StorageException failure)
        {
            observer.Report($"{_path}: old files could not be checked. {failure.Message}");
        }
    }

    private void Rotate()
    {
        if (Environment.TickCount64 < _rotationBlockedUntil) return;
        try
        {
            rotation.Rotate(name);
        }
        catch (StorageException failure)
        {
            // An oversized file is better than a lost record.
            observer.Report($"{_path}: could not be rotated and continues to grow. {failure.Message}");
            _rotationBlockedUntil = Environment.TickCount64 + RotationRetryMs;
            if (IdentifyCurrent() is not null) return;
        }
        Open();
        if (_length < 0) CloseTornTail(_identity.Length);
    }
}
