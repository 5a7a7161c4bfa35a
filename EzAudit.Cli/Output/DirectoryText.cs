using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Describes the state of a directory and its disk.</summary>
internal static class DirectoryText
{
    public static string Of(AuditLogDirectory directory)
    {
        List<string> facts = [];
        if (directory.Mode is { } mode) facts.Add($"mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}");
        if (directory.Owner is { } owner) facts.Add($"owner {owner}");
        if (directory.FileSystem is { } fileSystem) facts.Add($"file system {fileSystem}");
        if (directory.FreeBytes is { } free) facts.Add($"{(free / (double)(1 << 30)).ToString("0.0", CultureInfo.InvariantCulture)} GiB free");
        string state = directory.Exists ? "" : " (does not exist yet; this describes its parent)";
        return $"{directory.Path}{state}: {string.Join(", ", facts)}";
    }
}
