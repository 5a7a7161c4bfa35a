using System.Diagnostics;

namespace EzAudit.Storage.Appending;

/// <summary>How a format delimits records, as far as storage must know; tells whether a file ends inside a record.</summary>
/// <param name="Terminator">Ends every record and never occurs inside one.</param>
/// <param name="Start">Starts every record; empty if there is no fixed start.</param>
/// <param name="TornTailEnd">Closes a torn tail, so that readers recognize it as torn.</param>
internal sealed record Framing(ReadOnlyMemory<byte> Terminator, ReadOnlyMemory<byte> Start, ReadOnlyMemory<byte> TornTailEnd)
{
    private const int Window = 64 * 1024;
    private const int MaxLookBack = 16 * 1024 * 1024;

    // The kernel exposes a record while it copies it, page by page. A killed process writes no more.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Whether the next record would be glued to a torn one, because a writer was killed or the disk was full. Waits while the writer of the tail may
    /// still be writing the rest: eZ Publish and other programs append without the lease.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="length">The length of the file; greater on return if others have written meanwhile.</param>
    public bool HasTornTail(IAppendFile file, ref long length)
    {
        var spin = new SpinWait();
        long start = Stopwatch.GetTimestamp();
        while (EndsInsideRecord(file, length))
        {
            if (Stopwatch.GetElapsedTime(start) > Rest) return true;
            spin.SpinOnce();
            long now = file.Identify().Length;
            if (now != length) start = Stopwatch.GetTimestamp();
            length = now;
        }
        return false;
    }

    // Text that never was a record is left alone: an operator's note at the end of a file is not a torn record, and eZ Publish would append to it.
    private bool EndsInsideRecord(IAppendFile file, long length)
    {
        if (length == 0) return false;
        Span<byte> end = stackalloc byte[Terminator.Length];
        if (length >= end.Length && file.Read(end, length - end.Length) == end.Length && end.SequenceEqual(Terminator.Span)) return false;

        ReadOnlySpan<byte> tail = ReadTail(file, length, Terminator.Span);
        ReadOnlySpan<byte> start = Start.Span;
        return tail.StartsWith(start[..Math.Min(start.Length, tail.Length)]) || tail.Contains((byte)0);
    }

    // The bytes after the last terminator, or the whole file if there is none; at most as many as are examined.
    private static ReadOnlySpan<byte> ReadTail(IAppendFile file, long length, ReadOnlySpan<byte> terminator)
    {
        for (int size = (int)Math.Min(Window, length); ; size = (int)Math.Min(size * 4L, Math.Min(length, MaxLookBack)))
        {
            byte[] buffer = new byte[size];
            Span<byte> bytes = buffer.AsSpan(0, file.Read(buffer, length - size));
            int last = bytes.LastIndexOf(terminator);
            if (last >= 0) return bytes[(last + terminator.Length)..];
            if (size == length || size == MaxLookBack) return bytes;
        }
    }
}
