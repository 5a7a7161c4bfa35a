using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Verifying;

/// <summary>Compares checkpoints that were kept elsewhere with the ledger, while its leaves pass by. Not thread-safe.</summary>
internal sealed class AnchorChecks
{
    private readonly string[] _empty;
    private readonly Anchor[] _anchors;
    private List<VerificationKey> _keys = [];
    private VerificationKey? _afterCheckpoint;
    private int _next;

    /// <param name="checkpoints">The anchors, each with the name of its source; <see langword="null"/> for a source without any.</param>
    public AnchorChecks(IReadOnlyList<(string Source, SignedCheckpoint? Checkpoint)> checkpoints)
    {
        _empty = [.. checkpoints.Where(anchor => anchor.Checkpoint is null).Select(anchor => anchor.Source)];
        _anchors = [.. checkpoints.Where(anchor => anchor.Checkpoint is not null).Select(anchor => new Anchor(anchor.Source, anchor.Checkpoint!)).OrderBy(anchor => anchor.Size)];
        foreach (Anchor anchor in _anchors.TakeWhile(anchor => anchor.Size == 0)) Reach(anchor, new TreeFrontier());
    }

    /// <summary>A key became current without a checkpoint.</summary>
    public void AddKey(VerificationKey key)
    {
        Renew();
        _keys.Add(key);
    }

    /// <summary>A leaf was added.</summary>
    public void AddLeaf(TreeFrontier tree)
    {
        Renew();
        while (_next < _anchors.Length && _anchors[_next].Size == tree.Size) Reach(_anchors[_next], tree);
    }

    /// <summary>A checkpoint was added.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="current">The key that must sign the next one.</param>
    public void AddCheckpoint(long size, VerificationKey current)
    {
        // Another checkpoint of the same size may have been signed with the next key already.
        if (_next > 0 && _anchors[_next - 1].Size == size) _keys.Add(current);
        _afterCheckpoint = current;
    }

    /// <summary>Whether a checkpoint is one of this ledger, after all leaves have passed.</summary>
    public bool IsConfirmed(SignedCheckpoint checkpoint, string? origin) =>
        _anchors.FirstOrDefault(anchor => ReferenceEquals(anchor.Checkpoint, checkpoint)) is { } found && checkpoint.SignerName == origin && ProblemOf(found, leaves: 0) is null;

    /// <summary>Adds what is wrong, after all leaves have passed.</summary>
    public void Report(FindingList findings, string? origin, long size)
    {
        // One place may keep the checkpoints of several ledgers.
        ILookup<string, Anchor> sources = _anchors.Where(anchor => anchor.Checkpoint.SignerName == origin).ToLookup(anchor => anchor.Source, StringComparer.Ordinal);
        foreach (string source in _empty.Concat(_anchors.Select(anchor => anchor.Source)).Distinct().Where(source => !sources.Contains(source)))
            findings.Add(FindingCode.Anchor, $"{source}: there is no checkpoint of this ledger in it");
        foreach (Anchor anchor in sources.SelectMany(source => source))
        {
            if (ProblemOf(anchor, size) is ({ } code, { } problem))
                findings.Add(FindingList.Of(code, $"{anchor.Source}: {problem}") with { Leaf = Math.Max(0, anchor.Size - 1) });
        }
    }

    private static (string Code, string Problem)? ProblemOf(Anchor anchor, long leaves)
    {
        (SignedCheckpoint signed, long size) = (anchor.Checkpoint, anchor.Size);
        if (!anchor.IsReached) return (FindingCode.Rollback, $"the checkpoint covers {size} leaves, and the ledger has {leaves}: it was cut off, or replaced by an older one");
        if (signed.Checkpoint.Root != anchor.Root) return (FindingCode.Anchor, $"the first {size} leaves are not those that the checkpoint covers");
        return anchor.Keys.Any(signed.IsSignedBy) ? null : (FindingCode.Anchor, $"the checkpoint of {size} leaves is not signed with a key that was current then");
    }

    // The keys since the last checkpoint. Lists that anchors refer to no longer change.
    private void Renew()
    {
        if (_afterCheckpoint is null) return;
        _keys = [_afterCheckpoint];
        _afterCheckpoint = null;
    }

    private void Reach(Anchor anchor, TreeFrontier tree)
    {
        (anchor.IsReached, anchor.Root, anchor.Keys) = (true, tree.Root, _keys);
        _next++;
    }

    private sealed class Anchor(string source, SignedCheckpoint checkpoint)
    {
        public string Source => source;

        public SignedCheckpoint Checkpoint => checkpoint;

        public long Size => checkpoint.Checkpoint.Size;

        public bool IsReached { get; set; }

        public TreeHash Root { get; set; }

        /// <summary>The keys that were current at this place; the list grows until the next leaf after a checkpoint.</summary>
        public IReadOnlyList<VerificationKey> Keys { get; set; } = [];
    }
}

/// <summary>Finds the checkpoints in a text: signed notes, and lines that contain the one-line form.</summary>
internal static class AnchorText
{
    private const int NoteLines = 5;

    /// <param name="source">The name of the text in findings.</param>
    /// <param name="text">The text.</param>
    /// <returns>The checkpoints; one that is <see langword="null"/> if there are none, which is a finding.</returns>
    public static IReadOnlyList<(string Source, SignedCheckpoint? Checkpoint)> Find(string source, string text)
    {
        string[] lines = text.Split('\n');
        var found = new List<(string, SignedCheckpoint?)>();
        for (int i = 0; i < lines.Length;)
        {
            string note = i + NoteLines <= lines.Length ? string.Join('\n', lines[i..(i + NoteLines)]) + "\n" : "";
            bool isNote = SignedCheckpoint.TryParse(note, out SignedCheckpoint? checkpoint, out _);
            if (isNote || SignedCheckpoint.TryParseLine(lines[i], out checkpoint)) found.Add((source, checkpoint));
            i += isNote ? NoteLines : 1;
        }
        if (found.Count == 0) found.Add((source, null));
        return found;
    }
}
