using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling.Entries;
using EzAudit.Storage.Platform;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Spooling;

/// <summary>Appends records to the segments of a run. Thread-safe: callers that arrive during a write share the next one.</summary>
/// <remarks>
/// When <see cref="Append"/> returns, the operating system has the record, so it survives the process. With sync, it is on disk: the file is
/// opened for write-through, because a failed write then reports the error, which a later sync may not. The file's name and everything before the
/// record in its segment are on disk too, because a reader stops at the first incomplete record.
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
    private long _bytesOfOthers;
    private long _number;

    /// <summary>The position after the last readable record.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>The number of bytes waiting to be sent, including those of other runs.</summary>
    public long WaitingBytes => Math.Max(0, Volatile.Read(ref _taken) - Volatile.Read(ref _confirmed)) + Volatile.Read(ref _bytesOfOthers);

    /// <summary>Notes that the receiver has acknowledged everything before a position.</summary>
    public void Confirm(long position) => Volatile.Write(ref _confirmed, position);

    /// <summary>Sets the number of bytes that other runs hold, whether they have ended or not.</summary>
    public void SetBytesOfOthers(long bytes) => Volatile.Write(ref _bytesOfOthers, bytes);

    /// <param name="record">The bytes of the record to store.</param>
    /// <param name="sync">Whether it must be on disk.</param>
    /// <param name="patience">How long to wait for another caller's write.</param>
    /// <returns>False if there is no room for it.</returns>
    /// <exception cref="IOException">The record could not be written.</exception>
    /// <exception cref="AuditTargetException">Another caller's write takes too long. The record may still be written after it.</exception>
    public bool Append(ReadOnlySpan<byte> record, bool sync, TimeSpan patience)
    {
        SpoolBatch batch;
        uint checksum = SpoolEntry.Checksum(record);
        lock (_gate)
        {
            if (WaitingBytes + SpoolEntry.HeaderBytes + record.Length > mostBytes) return false;
            batch = _batch;
            batch.Add(record, checksum);
            batch.WantsSync |= sync;
            _taken += SpoolEntry.HeaderBytes + record.Length;
        }
        if (!_file.TryEnter(patience))
            throw new AuditTargetException(
                $"{folder.Path}: another write has kept the disk busy for {patience.TotalSeconds:0.###} s; the record may still be written.",
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
            batch.Number(_number + 1);
            if (_segment is null || _written - _segmentStart >= SegmentBytes) OpenSegment();
            if (batch.WantsSync) WriteThrough(batch);
            else RandomAccess.Write(_segment!, batch.Bytes, _written - _segmentStart);
            _hasUnsynced |= !batch.WantsSync;
            _number += batch.Records;
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
        // Write-through only covers the bytes of that write.
        if (_hasUnsynced) DiskSync.File(_segment!, folder.SegmentPath(_segmentStart));
        _hasUnsynced = false;
        if (!_isNamed) folder.Sync();
        _isNamed = true;
    }

    // The next batch overwrites what a failed one left, but it may be shorter or go to the next segment. After a failed sync, the descriptors
    // may hide that data did not reach the disk, so they are not used again.
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
