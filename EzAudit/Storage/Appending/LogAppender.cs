using EzAudit.Records;
using EzAudit.Storage.Rotating;

namespace EzAudit.Storage.Appending;

/// <summary>
/// Appends to one log file on behalf of whoever leads at the moment: keeps other processes and torn tails away from the records,
/// follows the file when it is renamed or deleted, rotates it. Not for several threads at once, but for <see cref="Current"/>.
/// </summary>
internal sealed class LogAppender(
    ILogDirectory directory, string name, Framing framing, Rotation rotation, LogFileWorker worker, ILogFileObserver observer) : IDisposable
{
    // By the clock behind TickCount64, whose steps are some milliseconds.
    private const long LongestStepMs = 4;
    private const int ManyInStep = 8;
    private const long RotationRetryMs = 1000;
    private static readonly TimeSpan LongestLeaving = TimeSpan.FromSeconds(10);

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
    private bool _hasRetained;
    private TimeSpan _leavingTimeout = LongestLeaving;

    /// <summary>The file that is written to now; none before the first record and after a failure.</summary>
    public SyncedFile? Current => _file;

    /// <summary>Whether others are kept away until the lease is given back.</summary>
    public bool HoldsLease => _lease is { IsHeld: true };

    /// <summary>Appends whole records with one call to the operating system.</summary>
    /// <param name="records">One record or several.</param>
    /// <param name="timeout">How long to wait for other processes.</param>
    /// <param name="file">Where they went.</param>
    /// <returns>How many bytes were taken; fewer than given when the disk is full or a limit is reached.</returns>
    public int Append(ReadOnlySpan<byte> records, TimeSpan timeout, out SyncedFile file)
    {
        long now = Environment.TickCount64;
        CountIn(now);
        _hasWritten = true;
        _leavingTimeout = timeout < LongestLeaving ? timeout : LongestLeaving;
        file = Prepare(timeout);
        int count = Write(file, records);
        if (count == records.Length) return count;
        // The rest never goes alone: another process's record may stand behind the torn piece. The next term closes it.
        _length = -1;
        GiveBack();
        return count;
    }

    private void CountIn(long now)
    {
        bool isSameStep = now == _turn;
        // Not one behind one: who writes every few milliseconds would keep others waiting all the time.
        _isBusy = isSameStep || (_inStep >= ManyInStep && now - _turn <= LongestStepMs);
        _inStep = isSameStep ? _inStep + 1 : 1;
        _turn = now;
    }

    public StorageException ShortWrite(int found, int wanted) => new(
        AuditWriteStage.Write, _path, 0, "", $"{_path}: found room for {found} of {wanted} bytes, expected all: the disk is full or a limit is reached.");

    /// <summary>
    /// Between two leaders: keeps the lease only while records come in quick succession, which is two within one step of the system's cheap
    /// clock (some milliseconds), or one behind a step with many. To take it anew costs three calls to the kernel.
    /// </summary>
    public void EndTurn()
    {
        if (!_hasWritten) return;
        _hasWritten = false;
        if (!_isBusy) GiveBack();
    }

    /// <summary>Gives the lease back if it has been held long enough. False: ask again.</summary>
    public bool TryReleaseLease()
    {
        if (_lease is not { IsHeld: true }) return true;
        if (!_lease.IsDueAt(Environment.TickCount64)) return false;
        GiveBack();
        return true;
    }

    public void Dispose()
    {
        _lease?.Dispose();
        _file?.Dispose();
        directory.Dispose();
    }

    // Everything that may have changed since the last record, checked at most once in each term of the lease:
    // within a term no other EzAudit process touches the file.
    private SyncedFile Prepare(TimeSpan timeout)
    {
        if (_file is { IsPoisoned: true }) Abandon();
        if (_lease is { IsHeld: true } lease && lease.IsDueAt(_turn)) GiveBack();
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
            if (Look() is not { } identity)
            {
                // Rotated by another process, renamed or deleted; or the directory itself is gone or moved, and with it the lock.
                TellIfDeleted();
                GiveBack();
                Reopen();
                _lease.Take(timeout);
                identity = Look() ?? OpenAgain();
            }
            if (!_hasRetained) Retain();
            if (identity.Length < _length) observer.Tampered($"{_path}: found {identity.Length} bytes, expected the {_length} it had: it was cut from outside.");
            if (identity.Length != _length) CloseTornTail(identity.Length);
        }
        catch
        {
            // What is closed is not locked, whatever failed.
            _length = -1;
            _lease?.Dispose();
            _lease = null;
            throw;
        }
    }

    // A lock that cannot be given back is closed, which frees it as well; the record that was written is none the worse for it.
    private void GiveBack()
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

    // What the path leads to, if that is the open file.
    private FileIdentity? Look() => directory.Identify(name) is { } current && current.IsSameFile(_identity) ? current : null;

    // A file that another process rotated and then compressed or deleted as the settings say is nobody's fault, and its name is in use again.
    private void TellIfDeleted()
    {
        try
        {
            if (_file is not { } file || file.File.Identify().Links > 0 || (rotation.RemovesFiles && directory.Identify(name) is not null)) return;
            observer.Tampered($"{_path}: found it deleted by another program, expected it where it was: the records in it are gone.");
        }
        catch (StorageException)
        {
            // The record that is waiting can be stored all the same.
        }
    }

    private FileIdentity OpenAgain()
    {
        Open();
        return _identity;
    }

    // The directory itself may be gone or moved: then locks and file are looked for anew by path.
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
        Leave();
        IAppendFile file = directory.OpenAppend(name);
        try
        {
            // Before the first record can be: a file whose name is not on disk is lost with its records. Not only when it is new
            // here: who made it may have been stopped before it came to this.
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
        // Not the length it has: so that the next check looks at its tail.
        _length = _identity.Length == 0 ? 0 : -1;
    }

    // Those who wait for records in it learn from it how it ended; those who do not wait are spoken for here.
    private void Leave()
    {
        if (_file is not { } file) return;
        _file = null;
        try
        {
            file.SyncThrough(file.Written, _leavingTimeout);
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
        GiveBack();
    }

    private void CloseTornTail(long length)
    {
        bool isTorn = TornTail.IsLeft(_file!.File, ref length, framing);
        _length = length;
        if (!isTorn) return;
        observer.Report($"{_path}: found a torn record at its end, expected a whole one; closed it, so that the next record stands for itself.");
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
            GiveBack();
            throw;
        }
    }

    // The settings may have changed since the last rotation.
    private void Retain()
    {
        _hasRetained = true;
        try
        {
            rotation.Retain(name);
        }
        catch (StorageException failure)
        {
            observer.Report($"{_path}: old files could not be looked through. {failure.Message}");
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
            // A file that grows too large is better than a record that is not written.
            observer.Report($"{_path}: could not be rotated, written on. {failure.Message}");
            _rotationBlockedUntil = Environment.TickCount64 + RotationRetryMs;
            if (Look() is not null) return;
        }
        Open();
        if (_length < 0) CloseTornTail(_identity.Length);
    }
}
