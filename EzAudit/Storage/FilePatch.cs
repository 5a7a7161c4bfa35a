namespace EzAudit.Storage;

/// <summary>Bytes that take the place of as many others in a file.</summary>
/// <param name="Offset">The offset of the first one.</param>
/// <param name="Bytes">The new bytes.</param>
internal readonly record struct FilePatch(long Offset, ReadOnlyMemory<byte> Bytes)
{
    public long End => Offset + Bytes.Length;

    /// <summary>Puts the parts of patches that lie within some bytes of the file in their place.</summary>
    /// <param name="patches">The patches, in the order of their offsets, none of which overlap.</param>
    /// <param name="bytes">Bytes of the file.</param>
    /// <param name="offset">Where they start.</param>
    public static void Apply(IReadOnlyList<FilePatch> patches, Span<byte> bytes, long offset)
    {
        long end = offset + bytes.Length;
        for (int i = FirstAfter(patches, offset); i < patches.Count && patches[i].Offset < end; i++)
        {
            FilePatch patch = patches[i];
            long from = Math.Max(offset, patch.Offset);
            long to = Math.Min(end, patch.End);
            patch.Bytes.Span[(int)(from - patch.Offset)..(int)(to - patch.Offset)].CopyTo(bytes[(int)(from - offset)..]);
        }
    }

    /// <summary>Whether one of the patches changes a byte of a range.</summary>
    public static bool Touches(IReadOnlyList<FilePatch> patches, long begin, long end) =>
        FirstAfter(patches, begin) is var first && first < patches.Count && patches[first].Offset < end;

    // The first patch that ends after an offset.
    private static int FirstAfter(IReadOnlyList<FilePatch> patches, long offset)
    {
        int low = 0;
        int high = patches.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (patches[middle].End <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
