using EzAudit.Sealing.Ledger;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Sealing.Verifying;

/// <summary>The regular files of a log directory, without the ledger. Not thread-safe.</summary>
internal sealed class LogListing : IDisposable
{
    // Rotation renames the newest files, and retention removes the oldest.
    private const int MaxHeld = 250;
    private const int MaxRounds = 10;

    private readonly ILogDirectory _directory;
    private List<ListedFile> _files;

    private LogListing(string path)
    {
        _directory = CurrentPlatform.DirectoryAt(path, new AccessRule(UnixFileMode.None, UnixFileMode.None));
        _files = [.. Current().Select(found => new ListedFile(_directory, found.Key, found.Value))];
    }

    /// <summary>The files in the order of their names.</summary>
    public IReadOnlyList<ListedFile> Files => _files;

    /// <param name="path">The log directory, absolute.</param>
    public static LogListing Of(string path) => new(path);

    /// <summary>Whether a name is that of a log file, or one that rotation could have made of it: followed by <c>.</c> or <c>-</c> and anything.</summary>
    public static bool IsNameOf(string logFile, string name)
    {
        if (!name.StartsWith(logFile, StringComparison.Ordinal)) return false;
        return name.Length == logFile.Length || (name[logFile.Length] is '.' or '-' && !name.AsSpan(logFile.Length).Contains('/'));
    }

    /// <summary>Whether a file is a writer's own, such as a lock.</summary>
    public static bool IsHidden(string name) => name.Split('/').Any(part => part.StartsWith('.'));

    /// <summary>Keeps those files readable that writers may rename or remove soonest.</summary>
    /// <returns>Whether all of them are open.</returns>
    public bool TryHold()
    {
        // Opening a lock would take it.
        ListedFile[] byAge = [.. _files.Where(file => !file.IsGone && !IsHidden(file.Name)).OrderBy(file => file.Identity.Modified)];
        bool isWhole = true;
        foreach (ListedFile file in byAge.Take(MaxHeld).Union(byAge.TakeLast(MaxHeld))) isWhole &= file.TryHold();
        return isWhole;
    }

    /// <summary>Lists the directory again: adds files that are new, and notes new names and what is gone.</summary>
    public void Update()
    {
        int round = 0;
        do UpdateOnce();
        while (!TryHold() && ++round < MaxRounds);
    }

    /// <summary>Whether files were added, renamed or removed since they were listed first.</summary>
    public bool HasChanged()
    {
        if (_files.Any(file => file.IsGone || file.IsLate)) return true;
        var current = Current();
        return current.Count != _files.Count || !_files.All(file => current.TryGetValue(file.Name, out FileIdentity found) && file.Is(found));
    }

    public void Dispose()
    {
        foreach (ListedFile file in _files) file.Dispose();
        _directory.Dispose();
    }

    private void UpdateOnce()
    {
        var current = Current();
        var names = current.ToLookup(found => found.Value.Inode, found => found.Key);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (ListedFile file in _files)
        {
            string? name = names[file.Identity.Inode].Where(name => file.Is(current[name])).OrderBy(name => name != file.Name).FirstOrDefault();
            file.IsGone = name is null || !known.Add(name);
            if (!file.IsGone) file.Name = name!;
        }
        IEnumerable<ListedFile> late = current.Where(found => !known.Contains(found.Key)).Select(found => new ListedFile(_directory, found.Key, found.Value) { IsLate = true });
        _files = [.. _files.Concat(late).OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private SortedDictionary<string, FileIdentity> Current()
    {
        var files = new SortedDictionary<string, FileIdentity>(StringComparer.Ordinal);
        Add(files, _directory, new DirectoryInfo(_directory.Path), "");
        return files;
    }

    // Links are not followed: a log file is never one.
    private static void Add(SortedDictionary<string, FileIdentity> files, ILogDirectory root, DirectoryInfo directory, string prefix)
    {
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
        {
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint)) continue;
            string name = prefix + entry.Name;
            if (entry is DirectoryInfo below)
            {
                if (name != LedgerSegments.DirectoryName) Add(files, root, below, name + "/");
            }
            else if (root.Identify(name) is { IsRegular: true } identity)
            {
                files[name] = identity;
            }
        }
    }
}
