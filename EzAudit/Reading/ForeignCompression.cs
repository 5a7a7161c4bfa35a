using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>Tells files that are compressed by something other than gzip by how they begin. They are named, not read: .NET has no reader for them.</summary>
internal static class ForeignCompression
{
    private static readonly (string Name, string Command, byte[] Start)[] Known =
    [
        ("xz", "xz -dc", [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]),
        ("zstd", "zstd -dc", [0x28, 0xb5, 0x2f, 0xfd]),
        ("bzip2", "bzip2 -dc", [(byte)'B', (byte)'Z', (byte)'h']),
        ("lz4", "lz4 -dc", [0x04, 0x22, 0x4d, 0x18]),
        ("compress", "zcat", [0x1f, 0x9d]),
        ("zip", "unzip -p", [(byte)'P', (byte)'K', 3, 4]),
        ("7z", "7z x -so", [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c]),
    ];

    /// <summary>What is found in such a file, and what reads it; <see langword="null"/> for every other.</summary>
    public static string? Find(PlainContent file)
    {
        byte[] start = new byte[6];
        int count = file.Read(start, 0);
        foreach ((string name, string command, byte[] known) in Known)
        {
            if (start.AsSpan(0, count).StartsWith(known)) return $"not read: found data compressed by {name}, expected plain text or gzip; {command} FILE | ezaudit search - reads it";
        }
        return null;
    }
}
