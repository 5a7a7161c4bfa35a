namespace EzAudit.Storage;

/// <summary>Tells whether a file ends inside a record, because its writer was killed or the disk was full.</summary>
internal static class TornTail
{
    private const int Window = 64 * 1024;
    private const int MaxLookBack = 16 * 1024 * 1024;

    /// <summary>
    /// Whether the next record would be glued to a torn one. Text that never was a record is left as it is: an operator's note
    /// at the end of a file is no torn record, and eZ Publish would write on behind it.
    /// </summary>
    public static bool Exists(IAppendFile file, long length, Framing framing)
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
