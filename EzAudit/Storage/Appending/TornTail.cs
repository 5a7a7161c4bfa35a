using System.Diagnostics;

namespace EzAudit.Storage.Appending;

/// <summary>Tells whether a file ends inside a record, because its writer was killed or the disk was full.</summary>
internal static class TornTail
{
    private const int Window = 64 * 1024;
    private const int MaxLookBack = 16 * 1024 * 1024;

    // The kernel shows a record while it is taking it in, a page at a time. Who was killed meanwhile writes no more.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Whether the next record would be glued to a torn one, of which nobody is just writing the rest: eZ Publish and others who append
    /// without the lease may be.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="length">How long it is; longer when this returns, where others have written meanwhile.</param>
    /// <param name="framing">How records lie in it.</param>
    public static bool IsLeft(IAppendFile file, ref long length, Framing framing)
    {
        var spin = new SpinWait();
        long start = Stopwatch.GetTimestamp();
        while (Exists(file, length, framing))
        {
            if (Stopwatch.GetElapsedTime(start) > Rest) return true;
            spin.SpinOnce();
            long now = file.Identify().Length;
            if (now != length) start = Stopwatch.GetTimestamp();
            length = now;
        }
        return false;
    }

    /// <summary>
    /// Whether the next record would be glued to a torn one. Text that never was a record is left as it is: an operator's note
    /// at the end of a file is no torn record, and eZ Publish would write on behind it.
    /// </summary>
    private static bool Exists(IAppendFile file, long length, Framing framing)
    {
        ReadOnlySpan<byte> terminator = framing.Terminator.Span;
        if (length == 0) return false;
        Span<byte> end = stackalloc byte[terminator.Length];
        if (length >= end.Length && file.Read(end, length - end.Length) == end.Length && end.SequenceEqual(terminator)) return false;

        ReadOnlySpan<byte> tail = ReadTail(file, length, terminator);
        ReadOnlySpan<byte> start = framing.Start.Span;
        return tail.StartsWith(start[..Math.Min(start.Length, tail.Length)]) || tail.Contains((byte)0);
    }

    // What stands behind the last terminator, or the whole file; of a monster, as much as is looked at.
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
