using System.Security.Cryptography;
using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Tree;

/// <summary>The definitions of RFC 9162, sections 2.1.1 and 2.1.3.1, as they stand there: recursive, over all leaves, with nothing of the library's hashing.</summary>
internal static class NaiveTree
{
    public static IReadOnlyList<byte[]> Leaves(int count) => [.. Enumerable.Range(0, count).Select(number => SHA256.HashData(BitConverter.GetBytes(number))[..(number % 32)])];

    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.IsEmpty) return SHA256.HashData([]);
        if (leaves.Length == 1) return SHA256.HashData([0, .. leaves[0]]);
        int split = Split(leaves.Length);
        return SHA256.HashData([1, .. Root(leaves[..split]), .. Root(leaves[split..])]);
    }

    public static IReadOnlyList<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1) return [];
        int split = Split(leaves.Length);
        return index < split
            ? [.. Path(index, leaves[..split]), Root(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Root(leaves[..split])];
    }

    public static IReadOnlyList<TreeHash> Hashes(IEnumerable<byte[]> hashes) => [.. hashes.Select(hash => new TreeHash(hash))];

    // The largest power of two that is smaller than the count.
    private static int Split(int count)
    {
        int split = 1;
        while (split * 2 < count) split *= 2;
        return split;
    }
}
