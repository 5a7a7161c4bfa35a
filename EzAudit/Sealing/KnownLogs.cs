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
        // Its name is left alone: the process that rotates it records the new one just before it takes effect.
        if (known is not null && !IsShorter(file, known, batch)) return known.Id;
        if (known is null && ledger.State.FindRemoved(file.Mark) is { } removed) return removed.Id;
        long id = Add(file.Name, file.Mark, batch);
        if (NameOf(file) is { } name && name != file.Name) batch.Begin(LeafKind.Renamed).Number(id).Text(name).End();
        return id;
    }

    /// <summary>A new number for a file that another program made shorter.</summary>
    public long RegisterAgain(SealedFile file, long length, LeafBatch batch)
    {
        if (ledger.State.Logs.TryGetValue(file.Id, out SealedLog? known)) AddAlarm(file, known, length, batch);
        return Add(file.Name, file.Mark, batch);
    }

    /// <summary>What the ledger knows of a file: several numbers if it was made shorter, none if it is unknown. The mark decides; a compressed file has one of its own.</summary>
    public IReadOnlyList<SealedLog> Find(string name, FileIdentity? identity)
    {
        SealedLog[] marked = identity is { } found ? Marked(MarkOf(found)) : [];
        if (marked.Length > 0) return marked;
        string plain = IsCompressed(name) ? name[..^Compressed.Length] : name;
        SealedLog? named = ledger.State.Logs.Values.LastOrDefault(log => log.Name == name || log.Name == plain);
        return named is null ? [] : [.. Marked(named.Mark).Where(log => log.Name == named.Name)];
    }

    /// <summary>What the ledger knows of a file that is renamed. If it is unknown because the ledger could not be written when it was opened, it is added now.</summary>
    public IReadOnlyList<SealedLog> FindOrAdd(Renaming renaming, LeafBatch batch)
    {
        IReadOnlyList<SealedLog> known = Find(renaming.Name, renaming.Identity);
        if (known.Count > 0 || renaming.Identity is not { } identity || IsCompressed(renaming.Name)) return known;
        Add(renaming.Name, MarkOf(identity), batch);
        batch.Append();
        return Marked(MarkOf(identity));
    }

    /// <summary>The mark of a file: inode and time of creation. An inode alone is used again as soon as a file is compressed or removed.</summary>
    public static long MarkOf(FileIdentity identity) =>
        (long)(((identity.Inode * 0x9E3779B97F4A7C15) ^ (ulong)identity.Created) & long.MaxValue);

    private static bool IsCompressed(string name) => name.EndsWith(Compressed, StringComparison.Ordinal);

    private SealedLog[] Marked(long mark) => [.. ledger.State.Logs.Values.Where(log => log.Mark == mark)];

    private SealedLog? Find(SealedFile file) =>
        Marked(file.Mark).LastOrDefault(log => log.Name == file.Name || log.Name.StartsWith(file.Name + ".", StringComparison.Ordinal));

    // It may have been rotated since it was opened. Null if it cannot be found.
    private string? NameOf(SealedFile file)
    {
        if (IsAt(file.Name, file.Mark)) return file.Name;
        string parent = file.Name[..(file.Name.LastIndexOf('/') + 1)];
        string? sibling = directory.ListSiblings(file.Name).FirstOrDefault(name => IsAt(parent + name, file.Mark));
        return sibling is null ? null : parent + sibling;
    }

    private long Add(string name, long mark, LeafBatch batch)
    {
        long id = ledger.State.LastFileId + 1;
        batch.Begin(LeafKind.File).Number(id).Number(0).Number(mark).Text(name).End();
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
