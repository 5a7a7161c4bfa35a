using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>The files of a log directory that are there when its ledger begins.</summary>
internal static class OlderFiles
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Their names, relative to the directory, in order.</summary>
    public static IEnumerable<(string Name, FileIdentity Identity)> In(ILogDirectory directory)
    {
        if (!Directory.Exists(directory.Path)) yield break;
        IEnumerable<string> names = Directory.EnumerateFiles(directory.Path, "*", Options)
            .Select(path => Path.GetRelativePath(directory.Path, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(IsLogFile)
            .Order(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (directory.Identify(name) is { IsRegular: true } identity) yield return (name, identity);
        }
    }

    private static bool IsLogFile(string name)
    {
        string[] parts = name.Split('/');
        return parts[0] != LedgerSegments.DirectoryName && !parts.Any(part => part.StartsWith('.')) && !name.Any(char.IsControl);
    }
}
