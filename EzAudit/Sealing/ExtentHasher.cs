namespace EzAudit.Sealing;

/// <summary>Makes leaves of what was appended to a log file: finds where it really is, splits it between records, and hashes it. Not thread-safe.</summary>
/// <param name="file">The file.</param>
/// <param name="terminator">Ends every record.</param>
/// <param name="leafBytes">How many bytes a leaf may cover, unless one record is longer; 0: one record.</param>
/// <param name="missing">Is told if what was appended is not in the file.</param>
internal sealed class ExtentHasher(SealedFile file, ReadOnlyMemory<byte> terminator, int leafBytes, Action<string> missing) : IDisposable
{
    private const int MaxForeign = 16 << 20;

    private readonly LeafHasher _hasher = new(terminator);
    private byte[] _found = [];
    private int _term;
    private long _shift; // bytes of other programs, which append without the lease, in the current term

    /// <summary>Adds the leaves of an extent.</summary>
    public void Hash(Extent extent, List<SealedLeaf> leaves)
    {
        if (extent.Term != _term) (_term, _shift) = (extent.Term, 0);
        ReadOnlySpan<byte> bytes = extent.Bytes;
        if (IsAt(bytes, extent.Offset + _shift)) Split(bytes, extent.Offset + _shift, leaves);
        else FindRecords(bytes, extent.Offset, leaves);
    }

    public void Dispose() => _hasher.Dispose();

    private bool IsAt(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_found.Length < bytes.Length) _found = new byte[bytes.Length];
        return file.Read(_found.AsSpan(0, bytes.Length), offset) == bytes.Length && bytes.SequenceEqual(_found.AsSpan(0, bytes.Length));
    }

    // Another program appended in between: its bytes stand between records of this process, each of which was written with one call.
    private void FindRecords(ReadOnlySpan<byte> bytes, long offset, List<SealedLeaf> leaves)
    {
        byte[] all = new byte[bytes.Length + _shift + MaxForeign];
        ReadOnlySpan<byte> found = all.AsSpan(0, file.Read(all, offset));
        int next = (int)_shift;
        int start = 0;
        while (start < bytes.Length)
        {
            int end = start + _hasher.FirstRecord(bytes[start..]);
            int at = found[next..].IndexOf(bytes[start..end]);
            if (at < 0)
            {
                missing($"{file.Name}: {bytes.Length - start} bytes that were written are not in it any more: another program changed or truncated it.");
                return;
            }
            // As many further records as follow directly.
            next += at;
            while (end < bytes.Length && found[(next + end - start)..].StartsWith(bytes[end..(end + _hasher.FirstRecord(bytes[end..]))])) end += _hasher.FirstRecord(bytes[end..]);
            Split(bytes[start..end], offset + next, leaves);
            next += end - start;
            start = end;
            _shift = next - end;
        }
    }

    private void Split(ReadOnlySpan<byte> bytes, long offset, List<SealedLeaf> leaves)
    {
        while (!bytes.IsEmpty)
        {
            int length = bytes.Length <= leafBytes ? bytes.Length : _hasher.WholeRecords(bytes[..leafBytes]);
            if (length == 0) length = _hasher.FirstRecord(bytes);
            leaves.Add(_hasher.Hash(bytes[..length], offset));
            bytes = bytes[length..];
            offset += length;
        }
    }
}
