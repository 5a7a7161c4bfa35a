using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace EzAudit.Sealing.Tree;

/// <summary>The SHA-256 of a leaf or an inner node of the ledger's Merkle tree (RFC 9162, section 2.1.1).</summary>
internal readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    /// <summary>Characters of a hash in base64.</summary>
    public const int TextLength = 44;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int MaxStack = 512;

    private readonly Vector256<byte> _bytes;

    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not <see cref="Length"/> bytes long.</exception>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        _bytes = Vector256.Create(bytes);
    }

    /// <summary>The root of the tree without leaves: the SHA-256 of nothing.</summary>
    public static TreeHash OfEmptyTree => Of([]);

    /// <summary>The hash of a leaf. Does not allocate, except for the first leaf of more than half a kibibyte on a thread.</summary>
    [SkipLocalsInit]
    public static TreeHash OfLeaf(ReadOnlySpan<byte> leaf)
    {
        int length = 1 + leaf.Length;
        byte[]? rented = length > MaxStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> input = rented ?? stackalloc byte[MaxStack];
        input[0] = LeafPrefix;
        leaf.CopyTo(input[1..]);
        TreeHash hash = Of(input[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of an inner node. Does not allocate.</summary>
    [SkipLocalsInit]
    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Length];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return Of(input);
    }

    /// <summary>Reads a hash in base64; <see langword="false"/> unless it is the one canonical text of 32 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> base64Utf8, out TreeHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool valid = CanonicalBase64.TryDecodeExactly(base64Utf8, bytes);
        hash = valid ? new TreeHash(bytes) : default;
        return valid;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out TreeHash)"/>
    public static bool TryParse(ReadOnlySpan<char> base64, out TreeHash hash)
    {
        hash = default;
        if (base64.Length != TextLength) return false;
        Span<byte> utf8 = stackalloc byte[TextLength];
        return Ascii.FromUtf16(base64, utf8, out int _) == OperationStatus.Done && TryParse(utf8, out hash);
    }

    /// <summary>Copies the <see cref="Length"/> bytes of the hash.</summary>
    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <inheritdoc/>
    public bool Equals(TreeHash other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.AsInt32()[0];

    /// <summary>The hash in base64.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    [SkipLocalsInit]
    private static TreeHash Of(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[Length];
        SHA256.HashData(input, bytes);
        return new TreeHash(bytes);
    }
}
