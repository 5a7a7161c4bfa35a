using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>Recognizes the log files of a ledger by name and inode. An inode alone says little: once a file is compressed or removed, the next one may get it.</summary>
internal sealed class KnownLogs(ILogDirectory directory)
{
    private const string Compressed = ".gz";

    /// <summary>A file that was opened some time ago; <see langword="null"/> if the ledger does not know it.</summary>
    public SealedLog? Open(SealedFile file, LedgerState state)
    {
        SealedLog? newest = state.Logs.Values.LastOrDefault(log => log.Name == file.Name);
        if (newest?.Inode == file.Inode) return newest;
        SealedLog? renamed = state.Logs.Values.LastOrDefault(log => log.Inode == file.Inode && log.Name.StartsWith(file.Name + ".", StringComparison.Ordinal));
        if (renamed is null) return null;
        bool isThere = IsAt(renamed.Name, file.Inode);
        bool isGone = !file.IsClosed && file.Identify().Links == 0;
        // A process that was killed before it renamed the file had announced that already.
        bool isOnlyAnnounced = !Exists(renamed.Name) && !Exists(renamed.Name + Compressed);
        return isThere || isGone || isOnlyAnnounced ? renamed : null;
    }

    /// <summary>The name that a file has now: it may have been rotated since it was opened. A name that no file has, if it cannot be found.</summary>
    public string NameOf(SealedFile file)
    {
        if (IsAt(file.Name, file.Inode)) return file.Name;
        string parent = file.Name[..(file.Name.LastIndexOf('/') + 1)];
        string? sibling = directory.ListSiblings(file.Name).FirstOrDefault(name => IsAt(parent + name, file.Inode));
        return sibling is null ? file.Name + ".gone" : parent + sibling;
    }

    /// <summary>The file of a name; <see langword="null"/> if the ledger does not know it.</summary>
    public static SealedLog? Find(string name, FileIdentity? identity, LedgerState state)
    {
        string plain = name.EndsWith(Compressed, StringComparison.Ordinal) ? name[..^Compressed.Length] : name;
        SealedLog[] named = [.. state.Logs.Values.Where(log => log.Name == name || log.Name == plain)];
        return (identity is { } found ? Array.FindLast(named, log => log.Inode == InodeOf(found)) : null) ?? named.LastOrDefault();
    }

    /// <summary>The inode as the ledger has it.</summary>
    public static long InodeOf(FileIdentity identity) => (long)(identity.Inode & long.MaxValue);

    private bool IsAt(string name, long inode) => directory.Identify(name) is { } found && InodeOf(found) == inode;

    private bool Exists(string name) => directory.Identify(name) is not null;
}
