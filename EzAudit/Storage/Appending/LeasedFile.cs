using EzAudit.Storage.Rotating;

namespace EzAudit.Storage.Appending;

/// <summary>
/// The open log file and the lease on it: opens both, and tells whether the path still leads to the open file. Not thread-safe, except for
/// <see cref="Current"/>.
/// </summary>
internal sealed class LeasedFile(ILogDirectory directory, string name, LogFileWorker worker, ILogFileObserver observer) : IDisposable
{
    private static readonly TimeSpan MaxClosingWait = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(directory.Path, name);
    private FileLease? _lease;
    private volatile SyncedFile? _file;

    /// <summary>The open file; <see langword="null"/> before the first record and after a failure.</summary>
    public SyncedFile? Current => _file;

    /// <summary>What the open file was when it was opened.</summary>
    public FileIdentity Identity { get; private set; }

    /// <summary>Whether this process holds the lease, which keeps other processes from writing.</summary>
    public bool IsHeld => _lease is { IsHeld: true };

    /// <summary>Whether both are open, so that only the lease must be taken.</summary>
    public bool IsOpen => _file is not null && _lease is not null;

    /// <summary>Whether the lease has been held long enough, so that other processes should have their turn.</summary>
    /// <param name="tick">The current time, as <see cref="Environment.TickCount64"/>.</param>
    public bool IsDueAt(long tick) => _lease is { IsHeld: true } lease && lease.IsDueAt(tick);

    /// <summary>Takes the lease, waiting for other processes.</summary>
    /// <exception cref="StorageException">Another process held it for too long.</exception>
    public void Take(TimeSpan timeout) => _lease!.Take(timeout);

    /// <summary>Releases the lease. If that fails, closing the lock frees it as well; the record is already written and not affected.</summary>
    public void Release()
    {
        try
        {
            _lease?.Release();
        }
        catch (StorageException failure)
        {
            observer.Report(failure.Message);
            CloseLease();
        }
    }

    /// <summary>Closes the lease's locks, which also releases them, whatever failed.</summary>
    public void CloseLease()
    {
        _lease?.Dispose();
        _lease = null;
    }

    /// <summary>The file at the path, if it is the open file.</summary>
    public FileIdentity? IdentifyCurrent() => directory.Identify(name) is { } current && current.IsSameFile(Identity) ? current : null;

    /// <summary>Opens lease and file; by path, if they were open before: the directory itself may be deleted or moved.</summary>
    /// <param name="closingTimeout">How long to wait for the records in the file that was open.</param>
    public void Reopen(TimeSpan closingTimeout)
    {
        if (_lease is not null)
        {
            CloseLease();
            directory.Reopen();
        }
        _lease = new FileLease(directory, name);
        Open(closingTimeout);
    }

    /// <summary>Opens the file at the path in place of the open one.</summary>
    /// <param name="closingTimeout">How long to wait for the records in the file that was open.</param>
    public void Open(TimeSpan closingTimeout)
    {
        CloseFile(closingTimeout < MaxClosingWait ? closingTimeout : MaxClosingWait);
        IAppendFile file = directory.OpenAppend(name);
        try
        {
            // Must precede the first record: a file whose name is not on disk is lost with its records. Do it even if the file
            // already existed: its creator may have been stopped before it synced the directory.
            directory.Sync(name);
            Identity = file.Identify();
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _file = new SyncedFile(file, _path, worker, observer);
    }

    /// <summary>Gives up a file that cannot be synced any more.</summary>
    public void Abandon()
    {
        _file?.Dispose();
        _file = null;
        Release();
    }

    /// <summary>
    /// Reports a file that another program deleted. If another process rotated it and then compressed or deleted it as configured, nobody tampered
    /// with it, and its name is in use again.
    /// </summary>
    public void ReportIfDeleted(Rotation rotation)
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

    public void Dispose()
    {
        _lease?.Dispose();
        _file?.Dispose();
        directory.Dispose();
    }

    // Callers that wait for their records are notified through the file itself; for all other records, failures are reported here.
    private void CloseFile(TimeSpan timeout)
    {
        if (_file is not { } file) return;
        _file = null;
        try
        {
            file.SyncThrough(file.Written, timeout);
        }
        catch (StorageException failure)
        {
            observer.Report($"{_path}: its last records may be lost. {failure.Message}");
        }
        file.Dispose();
    }
}
