using EzAudit.Records;

namespace EzAudit.Storage;

/// <summary>
/// One log file, kept open for as long as its writer lives. Appends whole records, keeps other processes and torn tails away from
/// them, follows the file when it is renamed or deleted, rotates it. Safe for many threads.
/// </summary>
internal sealed class LogFile(
    ILogDirectory directory, string name, Framing framing, Rotation rotation, LeaseKeeper keeper, Action<string> report) : IDisposable
{
    private const long RotationRetryMs = 1000;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly string _path = System.IO.Path.Combine(directory.Path, name);
    private FileLease? _lease;
    private IAppendFile? _file;
    private FileIdentity _identity;
    private long _length;
    private long _rotationBlockedUntil;
    private bool _unsynced;
    private bool _directoryUnsynced;
    private bool _disposed;

    /// <summary>Appends one record. When it returns, the record is with the operating system, or on disk if that is asked for.</summary>
    /// <exception cref="StorageException">It is not, or not surely.</exception>
    public void Append(ReadOnlySpan<byte> record, bool sync)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            IAppendFile file = Prepare();
            Write(file, record);
            if (sync) Sync(file);
        }
    }

    /// <summary>Puts on disk what was appended and is not there yet.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_file is not null && (_unsynced || _directoryUnsynced)) Sync(_file);
        }
    }

    /// <summary>Gives the lease back if it has been held long enough. False: it is still needed, ask again.</summary>
    public bool TryReleaseLease()
    {
        if (!_gate.TryEnter()) return false;
        try
        {
            if (_lease is null or { IsHeld: false }) return true;
            if (!_lease.IsDue) return false;
            _lease.Release();
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            try
            {
                if (_file is not null && (_unsynced || _directoryUnsynced)) Sync(_file);
            }
            finally
            {
                _lease?.Release();
                _lease?.Dispose();
                _file?.Dispose();
            }
        }
    }

    // Everything that may have changed since the last record, checked at most once in each term of the lease:
    // within a term no other EzAudit process touches the file.
    private IAppendFile Prepare()
    {
        if (_lease is { IsHeld: true, IsDue: true }) _lease.Release();
        if (_lease is not { IsHeld: true }) BeginTerm();
        if (rotation.IsDue(_length)) Rotate();
        return _file!;
    }

    private void BeginTerm()
    {
        if (_file is null || directory.Identify(name) is not { } current || !current.IsSameFile(_identity)) Reopen();
        _lease!.Take(LockTimeout);
        keeper.Watch(this);
        // Asked again behind the lock: another process may have rotated the file while this one waited.
        if (directory.Identify(name) is not { } now || !now.IsSameFile(_identity)) Open();
        FileIdentity identity = _file!.Identify();
        if (identity.Length < _length) report($"{_path}: found {identity.Length} bytes, wanted the {_length} it had: it was cut from outside.");
        if (identity.Length != _length) CloseTornTail(_file, identity.Length);
    }

    // The directory itself may be gone or moved: then locks and file are looked for anew by path.
    private void Reopen()
    {
        if (_file is not null)
        {
            _lease?.Dispose();
            _lease = null;
            directory.Reopen();
        }
        _lease ??= new FileLease(directory.OpenLock(LockFiles.TurnstileName(name)), directory.OpenLock(LockFiles.LeaseName(name)), _path);
        Open();
    }

    private void Open()
    {
        if (_file is not null && _unsynced) SyncBeforeLeaving(_file);
        _file?.Dispose();
        _file = null;
        _file = directory.OpenAppend(name);
        _directoryUnsynced |= _file.IsNew;
        _identity = _file.Identify();
        // Not the length it has: so that the next check looks at its tail.
        _length = _identity.Length == 0 ? 0 : -1;
    }

    private void CloseTornTail(IAppendFile file, long length)
    {
        _length = length;
        if (!TornTail.Exists(file, length, framing)) return;
        report($"{_path}: found a torn record at its end, wanted a whole one; closed it, so that the next record stands for itself.");
        Write(file, framing.TornTailEnd.Span);
    }

    private void Write(IAppendFile file, ReadOnlySpan<byte> bytes)
    {
        int written;
        try
        {
            written = file.Append(bytes);
        }
        catch (StorageException)
        {
            _length = -1;
            _lease!.Release();
            throw;
        }
        _unsynced = true;
        if (written == bytes.Length)
        {
            _length += written;
            return;
        }
        // The rest never goes alone: another process's record may stand behind the torn piece. The next term closes it.
        _length = -1;
        _lease!.Release();
        throw new StorageException(
            AuditWriteStage.Write, _path, 0, "", $"{_path}: found room for {written} of {bytes.Length} bytes, wanted all; the disk is full or a limit is reached.");
    }

    private void Sync(IAppendFile file)
    {
        if (_directoryUnsynced)
        {
            directory.Sync(name);
            _directoryUnsynced = false;
        }
        try
        {
            file.Sync();
            _unsynced = false;
        }
        catch (StorageException)
        {
            Abandon();
            throw;
        }
    }

    // After a failed sync this descriptor never tells the truth again: the next record opens the file anew.
    private void Abandon()
    {
        _unsynced = false;
        _file?.Dispose();
        _file = null;
        _lease?.Release();
        _lease?.Dispose();
        _lease = null;
    }

    private void SyncBeforeLeaving(IAppendFile file)
    {
        _unsynced = false;
        file.Sync();
    }

    private void Rotate()
    {
        if (Environment.TickCount64 < _rotationBlockedUntil) return;
        if (_unsynced) SyncBeforeLeaving(_file!);
        try
        {
            rotation.Rotate(name);
        }
        catch (StorageException failure)
        {
            // A file that grows too large is better than a record that is not written.
            report($"{_path}: could not be rotated, written on. {failure.Message}");
            _rotationBlockedUntil = Environment.TickCount64 + RotationRetryMs;
            if (directory.Identify(name) is { } current && current.IsSameFile(_identity)) return;
        }
        _directoryUnsynced = true;
        Open();
        if (_length < 0) CloseTornTail(_file!, _identity.Length);
    }
}
