using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>Recognizes the log files of a ledger by their names and by a mark that no other file ever has, and adds those that it does not know.</summary>
/// <param name="directory">The log directory.</param>
/// <param name="ledger">The ledger; entered by whoever calls.</param>
/// <param name="tampered">Is told of files that are shorter than the ledger vouches for.</param>
internal sealed class KnownLogs(ILogDirectory directory, SharedLedger ledger, Action<string> tampered)
{
    private const string Compressed = ".gz";

    /// <summary>The number of an open file, which another process or an earlier run may have given it.</summary>
    public long Register(SealedFile file, LeafBatch batch)
    {
        SealedLog? known = Find(file);
        string? name = NameOf(file);
        long id = known is null || IsShorter(file, known, batch) ? Add(file, batch) : known.Id;
        if (name is not null && name != (id == known?.Id ? known.Name : file.Name)) batch.Begin(LeafKind.Renamed).Number(id).Text(name).End();
        return id;
    }

    /// <summary>A new number for a file that another program made shorter.</summary>
    public long RegisterAgain(SealedFile file, long length, LeafBatch batch)
    {
        if (ledger.State.Logs.TryGetValue(file.Id, out SealedLog? known)) AddAlarm(file, known, length, batch);
        return Add(file, batch);
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

    private SealedLog? Find(SealedFile file)
    {
        IEnumerable<SealedLog> marked = ledger.State.Logs.Values.Where(log => log.Mark == file.Mark);
        return marked.LastOrDefault(log => log.Name == file.Name || log.Name.StartsWith(file.Name + ".", StringComparison.Ordinal));
    }

    // It may have been rotated since it was opened. Null if it cannot be found.
    private string? NameOf(SealedFile file)
    {
        if (IsAt(file.Name, file.Mark)) return file.Name;
        string parent = file.Name[..(file.Name.LastIndexOf('/') + 1)];
        string? sibling = directory.ListSiblings(file.Name).FirstOrDefault(name => IsAt(parent + name, file.Mark));
        return sibling is null ? null : parent + sibling;
    }

    private long Add(SealedFile file, LeafBatch batch)
    {
        long id = ledger.State.LastFileId + 1;
        batch.Begin(LeafKind.File).Number(id).Number(0).Number(file.Mark).Text(file.Name).End();
        return id;
    }

    private bool IsShorter(SealedFile file, SealedLog known, LeafBatch batch)
    {
        if (file.IsClosed) return false;
        long length = file.Identify().Length;
        if (length >= known.Covered.End) return false;
        AddAlarm(file, known, Math.Min(length, file.FirstLength), batch);
        return true;
    }

    private void AddAlarm(SealedFile file, SealedLog known, long length, LeafBatch batch)
    {
        batch.Begin(LeafKind.Shortened).Number(known.Id).Number(known.Covered.End).Number(length).Number(ledger.State.CheckpointSize).End();
        tampered($"{file.Name}: found {length} bytes, expected the {known.Covered.End} that the ledger vouches for.");
    }

    private bool IsAt(string name, long mark) => directory.Identify(name) is { } found && MarkOf(found) == mark;
}
