using EzAudit.Extensibility;
using EzAudit.Records;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Syslog.Spooling;

/// <summary>Appends messages to the segments of a run. For many threads at once: those who come while one writes share the next write.</summary>
/// <remarks>
/// When <see cref="Append"/> returns, the operating system has the message: it survives the process. With sync it is on disk, by a file
/// opened for writing through: unlike a sync afterwards, a write that fails there says so. Then its name is on disk as well, and what stands
/// before it in its segment: a reader goes no further than the first message that is not whole.
/// </remarks>
internal sealed class SpoolWriter(SpoolFolder folder, long mostBytes) : IDisposable
{
    private const long SegmentBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Lock _file = new();
    private SpoolBatch _batch = new();
    private SafeFileHandle? _segment;
    private SafeFileHandle? _throughSegment;
    private long _segmentStart;
    private bool _isNamed;
    private bool _hasUnsynced;
    private bool _hasRest;
    private bool _isClosed;
    private long _taken;
    private long _written;
    private long _confirmed;
    private long _elsewhere;

    /// <summary>The position behind the last message that is there to be read.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>How many bytes wait, those of other runs included.</summary>
    public long WaitingBytes => Math.Max(0, Volatile.Read(ref _taken) - Volatile.Read(ref _confirmed)) + Volatile.Read(ref _elsewhere);

    /// <summary>Everything before the position has been read by the server.</summary>
    public void Confirm(long position) => Volatile.Write(ref _confirmed, position);

    /// <summary>Other runs, ended or not, hold so many bytes.</summary>
    public void SetElsewhere(long bytes) => Volatile.Write(ref _elsewhere, bytes);

    /// <param name="message">What to keep.</param>
    /// <param name="sync">Whether it must be on disk.</param>
    /// <param name="patience">How long to wait for another caller's write.</param>
    /// <returns>False, when there is no room for it.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="AuditTargetException">Another caller's write takes too long; the message may be written after it.</exception>
    public bool Append(ReadOnlySpan<byte> message, bool sync, TimeSpan patience)
    {
        SpoolBatch batch;
        lock (_gate)
        {
            if (WaitingBytes + SpoolEntry.HeaderBytes + message.Length > mostBytes) return false;
            batch = _batch;
            batch.Add(message);
            batch.WantsSync |= sync;
            _taken += SpoolEntry.HeaderBytes + message.Length;
        }
        if (!_file.TryEnter(patience))
            throw new AuditTargetException(
                $"{folder.Path}: another write has kept the disk busy for {patience.TotalSeconds:0.###} s; the message may still be written.",
                AuditWriteStage.Write, mayBeStored: true);
        try
        {
            if (!batch.IsDone) Write(batch);
        }
        finally
        {
            _file.Exit();
        }
        if (batch.Failure is not null) throw new IOException(batch.Failure.Message, batch.Failure);
        return true;
    }

    public void Dispose()
    {
        lock (_file)
        {
            _isClosed = true;
            CloseSegment();
        }
    }

    private void Write(SpoolBatch batch)
    {
        lock (_gate) _batch = new SpoolBatch();
        int count = batch.Count;
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_hasRest) CutRest();
            if (_segment is null || _written - _segmentStart >= SegmentBytes) OpenSegment();
            if (batch.WantsSync) WriteThrough(batch);
            else RandomAccess.Write(_segment!, batch.Bytes, _written - _segmentStart);
            _hasUnsynced |= !batch.WantsSync;
            Volatile.Write(ref _written, _written + count);
            batch.Finish(null);
        }
        catch (Exception failure)
        {
            lock (_gate) _taken -= count;
            batch.Finish(failure);
            _hasRest = _segment is not null;
        }
    }

    private void WriteThrough(SpoolBatch batch)
    {
        RandomAccess.Write(_throughSegment ??= Open(FileOptions.WriteThrough), batch.Bytes, _written - _segmentStart);
        // Writing through is for the bytes of that write alone.
        if (_hasUnsynced) DiskSync.File(_segment!, folder.SegmentPath(_segmentStart));
        _hasUnsynced = false;
        if (!_isNamed) folder.Sync();
        _isNamed = true;
    }

    // The next batch is written over what a failed one may have left; but it may be shorter, or go to the next segment. After a failed sync
    // the descriptors may hide what did not get to disk: they are not asked again.
    private void CutRest()
    {
        RandomAccess.SetLength(_segment!, _written - _segmentStart);
        CloseSegment();
        _hasRest = false;
    }

    private void OpenSegment()
    {
        CloseSegment();
        _segmentStart = _written;
        _isNamed = _hasUnsynced = false;
        _segment = Open(FileOptions.None);
    }

    private SafeFileHandle Open(FileOptions options)
    {
        string path = folder.SegmentPath(_segmentStart);
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, options);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private void CloseSegment()
    {
        _segment?.Dispose();
        _throughSegment?.Dispose();
        _segment = _throughSegment = null;
    }
}
