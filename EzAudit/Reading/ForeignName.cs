using System.Text.RegularExpressions;

namespace EzAudit.Reading;

/// <summary>Names that other tools give to rotated files, above all logrotate: <c>login.log-20261128</c>, <c>login-20261128.log.gz</c>, <c>login.log.1.xz</c>.</summary>
internal static partial class ForeignName
{
    /// <summary>Whether a file beside a log file is one that it was rotated to, by a tool other than EzAudit.</summary>
    /// <param name="logFile">The name of the log file.</param>
    /// <param name="sibling">The other name.</param>
    public static bool IsOf(string logFile, string sibling)
    {
        string stem = Path.GetFileNameWithoutExtension(logFile);
        if (!sibling.StartsWith(stem, StringComparison.Ordinal)) return false;
        string plain = Compression().Replace(sibling, "");
        string extension = Path.GetExtension(logFile);
        if (plain.StartsWith(logFile, StringComparison.Ordinal)) return Number().IsMatch(plain[logFile.Length..]);
        // logrotate's "extension" puts the date before it.
        return extension.Length > 0 && plain.EndsWith(extension, StringComparison.Ordinal) && plain.Length > stem.Length + extension.Length
            && Number().IsMatch(plain[stem.Length..^extension.Length]);
    }

    [GeneratedRegex(@"\.(gz|xz|zst|bz2|lz4|lzma|Z|zip|br|7z)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Compression();

    [GeneratedRegex(@"^[-._][0-9]+([-._T:][0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
