using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Says how a directory and its disk are.</summary>
internal static class DirectoryText
{
    public static string Of(AuditLogDirectory directory)
    {
        List<string> facts = [];
        if (directory.Mode is { } mode) facts.Add($"mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}");
        if (directory.Owner is { } owner) facts.Add($"owner {owner}");
        if (directory.FileSystem is { } fileSystem) facts.Add($"file system {fileSystem}");
        if (directory.FreeBytes is { } free) facts.Add($"{(free / (double)(1 << 30)).ToString("0.0", CultureInfo.InvariantCulture)} GiB free");
        string state = directory.Exists ? "" : " (not there yet; of the directory above it)";
        return $"{directory.Path}{state}: {string.Join(", ", facts)}";
    }
}
