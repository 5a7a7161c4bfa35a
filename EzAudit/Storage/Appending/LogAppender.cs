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
    private const long RotationRetryMs = 1000;
    private const long Unknown = long.MinValue;

    private readonly string _path = Path.Combine(directory.Path, name);
    private readonly LeasedFile _open = new(directory, name, worker, observer);
    private long _lengthBefore = Unknown; // without what was written through the open descriptor
    private long _rotationBlockedUntil;
    private bool _hasAppliedRetention;
    private TimeSpan _timeout;

    /// <summary>The file currently written to; null before the first record and after a failure.</summary>
    public SyncedFile? Current => _open.Current;

    /// <summary>Whether this process holds the lease, which keeps other processes from writing.</summary>
    public bool HoldsLease => _open.IsHeld;

    // The length that the file must have; negative if that is unknown. Computed, because each record changes it.
    private long Length
    {
        get => _lengthBefore == Unknown || _open.Current is not { } file ? -1 : _lengthBefore + file.Written;
        set => _lengthBefore = value < 0 || _open.Current is not { } file ? Unknown : value - file.Written;
    }

    /// <summary>Appends whole records with one call to the operating system.</summary>
    /// <param name="records">One or more records.</param>
    /// <param name="timeout">How long to wait for other processes.</param>
    /// <param name="now">The current time, as <see cref="Environment.TickCount64"/>.</param>
    /// <exception cref="StorageException">Nothing was written, or that is unknown.</exception>
    public AppendResult Append(ReadOnlySpan<byte> records, TimeSpan timeout, long now)
    {
        // Written only if it changes: a record that changes nothing here leaves this memory in the caches of all processors.
        if (_timeout != timeout) _timeout = timeout;
        SyncedFile file = Prepare(now);
        FilePlace place = file.Next;
        int count = Write(file, records);
        if (count == records.Length) return new AppendResult(file, file.Written, count, null) { Place = place };
        // Never write the rest separately: another process's record may follow the torn piece. The next term closes it.
        Length = -1;
        _open.Release();
        return new AppendResult(file, file.Written, count, ShortWrite(count, records.Length)) { Place = place };
    }

    /// <summary>Releases the lease, for other processes. Taking it again costs three system calls.</summary>
    public void ReleaseLease() => _open.Release();

    /// <summary>Releases the lease if it has been held long enough. Returns false if the caller must try again later.</summary>
    public bool TryReleaseLease()
    {
        if (_open.IsDueAt(Environment.TickCount64)) _open.Release();
        return !_open.IsHeld;
    }

    public void Dispose() => _open.Dispose();

    // Checks, at most once per term of the lease, everything that may have changed since the last record:
    // within a term no other EzAudit process touches the file.
    private SyncedFile Prepare(long now)
    {
        if (_open.Current is { IsPoisoned: true }) _open.Abandon();
        if (_open.IsDueAt(now)) _open.Release();
        if (_open.Current is null || !_open.IsHeld) BeginTerm();
        if (rotation.IsDue(Length)) Rotate();
        return _open.Current!;
    }

    private void BeginTerm()
    {
        try
        {
            if (!_open.IsOpen) Reopen();
            _open.Take(_timeout);
            if (_open.IdentifyCurrent() is not { } identity)
            {
                // The file was rotated by another process, renamed or deleted; or the directory was deleted or moved, and the lock with it.
                _open.ReportIfDeleted(rotation);
                _open.Release();
                Reopen();
                _open.Take(_timeout);
                identity = _open.IdentifyCurrent() ?? OpenAgain();
            }
            if (!_hasAppliedRetention) ApplyRetention();
            if (identity.Length < Length) observer.Tampered($"{_path}: found {identity.Length} bytes, expected {Length}: another program truncated it.");
            _open.Current!.File.BeginTerm(identity.Length);
            if (identity.Length != Length) CloseTornTail(identity.Length);
        }
        catch
        {
            Length = -1;
            _open.CloseLease();
            throw;
        }
    }

    private void Reopen()
    {
        _open.Reopen(_timeout);
        Begin();
    }

    private FileIdentity OpenAgain()
    {
        _open.Open(_timeout);
        Begin();
        return _open.Identity;
    }

    private void Begin()
    {
        rotation.Begin(_open.Identity);
        // Not the actual length, so that the next check examines the tail.
        Length = _open.Identity.Length == 0 ? 0 : -1;
    }

    private void CloseTornTail(long length)
    {
        SyncedFile file = _open.Current!;
        bool isTorn = framing.HasTornTail(file.File, ref length);
        Length = length;
        if (!isTorn) return;
        observer.Report($"{_path}: found a torn record at its end, expected a complete one; closed it, so that the next record starts cleanly.");
        ReadOnlySpan<byte> end = framing.TornTailEnd.Span;
        int count = Write(file, end);
        if (count < end.Length) throw ShortWrite(count, end.Length);
    }

    private int Write(SyncedFile file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return file.Append(bytes);
        }
        catch (StorageException)
        {
            Length = -1;
            _open.Release();
            throw;
        }
    }

    private StorageException ShortWrite(int found, int wanted) => new(
        AuditWriteStage.Write, _path, 0, "", $"{_path}: wrote only {found} of {wanted} bytes: the disk is full or a limit is reached.");

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
            if (_open.IdentifyCurrent() is not null) return;
        }
        FileIdentity identity = OpenAgain();
        _open.Current!.File.BeginTerm(identity.Length);
        if (Length < 0) CloseTornTail(identity.Length);
    }
}

/// <summary>How much of a caller's bytes was appended, and why not all.</summary>
/// <param name="File">The file that they were appended to; <see langword="null"/> if none could be opened.</param>
/// <param name="End">How many bytes of the file must be on disk for them to be.</param>
/// <param name="Count">The number of bytes appended.</param>
/// <param name="Failure">Why the rest was not appended; <see langword="null"/> when all was.</param>
internal readonly record struct AppendResult(SyncedFile? File, long End, int Count, StorageException? Failure)
{
    /// <summary>Where the ledger has the first of the bytes; the default if there is no ledger.</summary>
    public FilePlace Place { get; init; }
}
