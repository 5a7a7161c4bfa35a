using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>Recognizes the log files of a ledger by their names, and by a mark that no other file ever has.</summary>
internal sealed class KnownLogs(ILogDirectory directory)
{
    private const string Compressed = ".gz";

    /// <summary>A file that was opened some time ago; <see langword="null"/> if the ledger does not know it.</summary>
    public static SealedLog? Find(SealedFile file, LedgerState state)
    {
        IEnumerable<SealedLog> marked = state.Logs.Values.Where(log => log.Mark == file.Mark);
        return marked.LastOrDefault(log => log.Name == file.Name || log.Name.StartsWith(file.Name + ".", StringComparison.Ordinal));
    }

    /// <summary>The name that a file has now: it may have been rotated since it was opened. <see langword="null"/> if it cannot be found.</summary>
    public string? NameOf(SealedFile file)
    {
        if (IsAt(file.Name, file.Mark)) return file.Name;
        string parent = file.Name[..(file.Name.LastIndexOf('/') + 1)];
        string? sibling = directory.ListSiblings(file.Name).FirstOrDefault(name => IsAt(parent + name, file.Mark));
        return sibling is null ? null : parent + sibling;
    }

    /// <summary>The file of a name; <see langword="null"/> if the ledger does not know it.</summary>
    public static SealedLog? Find(string name, FileIdentity? identity, LedgerState state)
    {
        string plain = name.EndsWith(Compressed, StringComparison.Ordinal) ? name[..^Compressed.Length] : name;
        SealedLog[] named = [.. state.Logs.Values.Where(log => log.Name == name || log.Name == plain)];
        return (identity is { } found ? Array.FindLast(named, log => log.Mark == MarkOf(found)) : null) ?? named.LastOrDefault();
    }

    /// <summary>The mark of a file: inode and time of creation. An inode alone is used again as soon as a file is compressed or removed.</summary>
    public static long MarkOf(FileIdentity identity) =>
        (long)(((identity.Inode * 0x9E3779B97F4A7C15) ^ (ulong)identity.Created) & long.MaxValue);

    private bool IsAt(string name, long mark) => directory.Identify(name) is { } found && MarkOf(found) == mark;
}
