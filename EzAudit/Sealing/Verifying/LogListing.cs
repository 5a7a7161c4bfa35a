using EzAudit.Sealing.Ledger;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Sealing.Verifying;

/// <summary>The regular files of a log directory at one moment, without the ledger. Immutable.</summary>
internal sealed class LogListing
{
    private readonly SortedDictionary<string, FileIdentity> _files = new(StringComparer.Ordinal);

    private LogListing()
    {
    }

    /// <summary>The files by name, relative to the log directory and separated by <c>/</c>, in order.</summary>
    public IReadOnlyDictionary<string, FileIdentity> Files => _files;

    /// <param name="path">The log directory, absolute.</param>
    public static LogListing Of(string path)
    {
        var listing = new LogListing();
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(path, new AccessRule(UnixFileMode.None, UnixFileMode.None));
        listing.Add(directory, new DirectoryInfo(path), "");
        return listing;
    }

    /// <summary>Whether a name is that of a log file, or one that rotation could have made of it: followed by <c>.</c> or <c>-</c> and anything.</summary>
    public static bool IsNameOf(string logFile, string name)
    {
        if (!name.StartsWith(logFile, StringComparison.Ordinal)) return false;
        return name.Length == logFile.Length || (name[logFile.Length] is '.' or '-' && !name.AsSpan(logFile.Length).Contains('/'));
    }

    /// <summary>Whether a file is a writer's own, such as a lock.</summary>
    public static bool IsHidden(string name) => name.Split('/').Any(part => part.StartsWith('.'));

    // Links are not followed: a log file is never one.
    private void Add(ILogDirectory root, DirectoryInfo directory, string prefix)
    {
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
        {
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint)) continue;
            string name = prefix + entry.Name;
            if (entry is DirectoryInfo below)
            {
                if (name != LedgerSegments.DirectoryName) Add(root, below, name + "/");
            }
            else if (root.Identify(name) is { IsRegular: true } identity)
            {
                _files[name] = identity;
            }
        }
    }
}
