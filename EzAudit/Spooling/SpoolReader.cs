using EzAudit.Spooling.Entries;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Spooling;

/// <summary>Reads the records of a run in order. Not thread-safe.</summary>
/// <param name="folder">The run's directory.</param>
/// <param name="end">Returns the position where readable data ends; <see cref="long.MaxValue"/> for a run that has ended.</param>
/// <param name="report">Called for bytes that are not a record.</param>
internal sealed class SpoolReader(SpoolFolder folder, Func<long> end, Action<string> report) : IDisposable
{
    private const int BufferBytes = 256 << 10;

    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _count;
    private SafeFileHandle? _segment;
    private long _segmentStart;
    private int _last;

    /// <summary>The position of the next record.</summary>
    public long Position { get; private set; }

    /// <summary>The number of the record that was read last.</summary>
    public long Number { get; private set; }

    private bool HasEnded => end() == long.MaxValue;

    /// <summary>Moves to a position that <see cref="Position"/> had before.</summary>
    public void GoTo(long position)
    {
        Position = position;
        Close();
    }

    /// <summary>Reads the next record, which is valid until the next call. False if there is none now.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        // Read once per round, so that what is written in the meantime does not count as missing.
        for (long whole = end(); Position < whole; whole = end())
        {
            if ((_segment is not null || TryOpen()) && TryTake(out record)) return true;
            if (_segment is not null && TryNextSegment()) continue;
            // In an active run everything up to the end is complete, so someone must have changed the file.
            if (whole == long.MaxValue) break;
            ReportGap(whole);
            GoTo(whole);
        }
        record = default;
        return false;
    }

    /// <summary>Makes the record that <see cref="TryRead"/> has just read the next one again.</summary>
    public void PutBack()
    {
        _start -= _last;
        _count += _last;
        Position -= _last;
        _last = 0;
    }

    public void Dispose() => Close();

    private bool TryTake(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!Fill(SpoolEntry.HeaderBytes)) return false;
        int length = SpoolEntry.ReadLength(_buffer.AsSpan(_start));
        int size = SpoolEntry.HeaderBytes + length;
        if (length < 0 || !Fill(size)) return false;
        ReadOnlySpan<byte> found = _buffer.AsSpan(_start, size);
        if (!SpoolEntry.IsIntact(found)) return false;
        Number = SpoolEntry.ReadNumber(found);
        _last = size;
        _start += size;
        _count -= size;
        Position += size;
        record = found[SpoolEntry.HeaderBytes..];
        return true;
    }

    private bool Fill(int needed)
    {
        if (_count >= needed) return true;
        _buffer.AsSpan(_start, _count).CopyTo(_buffer);
        _start = 0;
        if (needed > _buffer.Length)
        {
            // A damaged length must not cost that much memory.
            if (needed > RandomAccess.GetLength(_segment!) - (Position - _segmentStart)) return false;
            Array.Resize(ref _buffer, needed);
        }
        while (_count < needed)
        {
            // Not past the complete records, because a writer may be writing there.
            long most = Math.Min(_buffer.Length - _count, end() - Position - _count);
            int read = most <= 0 ? 0 : RandomAccess.Read(_segment!, _buffer.AsSpan(_count, (int)most), Position - _segmentStart + _count);
            if (read == 0) return false;
            _count += read;
        }
        return true;
    }

    private bool TryOpen()
    {
        long[] starts = folder.Segments();
        int index = Array.FindLastIndex(starts, start => start <= Position);
        if (index < 0)
        {
            if (starts.Length == 0) return false;
            // After a power failure, the cursor may be behind segments that were already confirmed and deleted.
            if (!HasEnded) ReportGap(starts[0]);
            Position = starts[0];
            index = 0;
        }
        Open(starts[index]);
        return true;
    }

    private bool TryNextSegment()
    {
        long next = Array.Find(folder.Segments(), start => start > _segmentStart);
        long left = RandomAccess.GetLength(_segment!) - (Position - _segmentStart);
        if (next == 0 && left > 0 && HasEnded)
        {
            report($"{folder.SegmentPath(_segmentStart)}: found {left} bytes at {Position - _segmentStart} that are not a complete record, expected one; skipping them.");
            // Do not report it again.
            Position += left;
        }
        Close();
        if (next == 0) return false;
        if (next > Position) ReportGap(next);
        Position = next;
        Open(next);
        return true;
    }

    private void ReportGap(long position) =>
        report($"{folder.Path}: found no complete record from position {Position} to {position}, expected at least one; what was there is lost.");

    private void Open(long start)
    {
        _segment = File.OpenHandle(folder.SegmentPath(start), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _segmentStart = start;
    }

    private void Close()
    {
        _segment?.Dispose();
        _segment = null;
        _start = _count = _last = 0;
    }
}
