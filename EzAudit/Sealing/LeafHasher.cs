using System.Security.Cryptography;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing;

/// <summary>Hashes extents with salts of their own, and counts their records. Not thread-safe.</summary>
/// <param name="terminator">Ends every record.</param>
internal sealed class LeafHasher(ReadOnlyMemory<byte> terminator) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Salt.Source _salts = new();

    public SealedLeaf Hash(ReadOnlySpan<byte> bytes, long offset)
    {
        Salt salt = _salts.Next();
        Span<byte> scratch = stackalloc byte[TreeHash.Length];
        salt.CopyTo(scratch);
        _hash.AppendData(scratch[..Salt.Size]);
        _hash.AppendData(bytes);
        _hash.GetHashAndReset(scratch);
        return new SealedLeaf(offset, bytes.Length, bytes.Count(terminator.Span), salt, new TreeHash(scratch));
    }

    /// <summary>The length of the records that end in these bytes; 0 if none does.</summary>
    public int WholeRecords(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf(terminator.Span) is var last and >= 0 ? last + terminator.Length : 0;

    /// <summary>The length of the first record; everything if none ends here.</summary>
    public int FirstRecord(ReadOnlySpan<byte> bytes) => bytes.IndexOf(terminator.Span) is var end and >= 0 ? end + terminator.Length : bytes.Length;

    public void Dispose() => _hash.Dispose();
}
