using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EzAudit.Sealing.Tree;
using EzAudit.Sealing.Verifying;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Erasing;

/// <summary>The bytes of an extent, read once: the text of a compressed file is read forward.</summary>
internal readonly struct ExtentBytes
{
    private readonly byte[] _bytes;
    private readonly long _offset;

    public ExtentBytes(ILogContent content, in ExtentProbe extent)
    {
        _offset = extent.Offset;
        _bytes = new byte[extent.Length];
        int count = 0;
        while (count < _bytes.Length && content.Read(_bytes.AsSpan(count), _offset + count) is > 0 and int read) count += read;
        if (count < _bytes.Length) _bytes = _bytes[..count];
    }

    private ExtentBytes(byte[] bytes, long offset)
    {
        _bytes = bytes;
        _offset = offset;
    }

    /// <summary>The bytes with patches.</summary>
    public ExtentBytes After(IReadOnlyList<FilePatch> patches)
    {
        byte[] bytes = [.. _bytes];
        FilePatch.Apply(patches, bytes, _offset);
        return new ExtentBytes(bytes, _offset);
    }

    /// <summary>Whether the digest of an extent is that of these bytes.</summary>
    public bool Matches(in ExtentProbe extent)
    {
        UInt128 salt = extent.Salt;
        return _bytes.Length == extent.Length && Digest(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in salt))) == extent.Digest;
    }

    /// <summary>A leaf for these bytes.</summary>
    /// <param name="salt">The salt.</param>
    /// <param name="records">The records that end in them.</param>
    public SealedLeaf Seal(Salt salt, int records)
    {
        Span<byte> bytes = stackalloc byte[Salt.Size];
        salt.CopyTo(bytes);
        return new SealedLeaf(_offset, _bytes.Length, records, salt, Digest(bytes));
    }

    private TreeHash Digest(ReadOnlySpan<byte> salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(_bytes);
        return new TreeHash(hash.GetHashAndReset());
    }
}
