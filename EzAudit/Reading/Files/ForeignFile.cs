using System.Text.RegularExpressions;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>
/// Recognizes files that other tools, above all logrotate, rotated, by names such as <c>login.log-20261128</c> or <c>login-20261128.log.gz</c>, and
/// compressed, by their first bytes.
/// </summary>
internal static partial class ForeignFile
{
    private static readonly (string Name, string Command, byte[] Start)[] Compressions =
    [
        ("xz", "xz -dc", [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]),
        ("zstd", "zstd -dc", [0x28, 0xb5, 0x2f, 0xfd]),
        ("bzip2", "bzip2 -dc", [(byte)'B', (byte)'Z', (byte)'h']),
        ("lz4", "lz4 -dc", [0x04, 0x22, 0x4d, 0x18]),
        ("compress", "zcat", [0x1f, 0x9d]),
        ("zip", "unzip -p", [(byte)'P', (byte)'K', 3, 4]),
        ("7z", "7z x -so", [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c]),
    ];

    /// <summary>Whether a sibling of a log file is one of its rotated files, made by a tool other than EzAudit.</summary>
    /// <param name="logFile">The name of the log file.</param>
    /// <param name="sibling">The name of the other file.</param>
    public static bool IsNameOf(string logFile, string sibling)
    {
        string stem = Path.GetFileNameWithoutExtension(logFile);
        if (!sibling.StartsWith(stem, StringComparison.Ordinal)) return false;
        string plain = CompressionExtension().Replace(sibling, "");
        string extension = Path.GetExtension(logFile);
        if (plain.StartsWith(logFile, StringComparison.Ordinal)) return Number().IsMatch(plain[logFile.Length..]);
        // logrotate's "extension" option puts the date before the extension.
        return extension.Length > 0 && plain.EndsWith(extension, StringComparison.Ordinal) && plain.Length > stem.Length + extension.Length
            && Number().IsMatch(plain[stem.Length..^extension.Length]);
    }

    /// <summary>
    /// What a file contains and how to read it if it is compressed with something other than gzip, which .NET cannot decompress; <see langword="null"/> for
    /// any other file.
    /// </summary>
    public static string? FindCompression(PlainContent file)
    {
        byte[] start = new byte[6];
        int count = file.Read(start, 0);
        foreach ((string name, string command, byte[] known) in Compressions)
        {
            if (start.AsSpan(0, count).StartsWith(known)) return $"not read: found data compressed by {name}, expected plain text or gzip; {command} FILE | ezaudit search - reads it";
        }
        return null;
    }

    [GeneratedRegex(@"\.(gz|xz|zst|bz2|lz4|lzma|Z|zip|br|7z)$", RegexOptions.ExplicitCapture)]
    private static partial Regex CompressionExtension();

    [GeneratedRegex(@"^[-._][0-9]+([-._T:][0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
