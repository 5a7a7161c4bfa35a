using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Verifying;

/// <summary>What the leaves and checkpoints of a ledger add up to, checked as they come: sequence, keys, tree, log files. Not thread-safe.</summary>
/// <remarks>Its memory depends on the number of log files and keys, not on the number of leaves.</remarks>
/// <param name="keys">The keys whose trust roots are accepted.</param>
/// <param name="checkpoints">Checks the checkpoints.</param>
internal sealed class LedgerHistory(IReadOnlyCollection<VerificationKey> keys, CheckpointChecks checkpoints)
{
    private readonly List<LogEvidence> _logs = [];
    private readonly LedgerKeys _keys = new(keys);
    private readonly FindingList _others = new();
    private (LedgerPlace Place, AuditFinding Finding)? _stop;
    private string? _instance;
    private bool _isStopped = true;

    public TreeFrontier Tree { get; } = new();

    /// <summary>The leaves that count: those before the first damage.</summary>
    public long Leaves { get; private set; }

    /// <summary>The log files, by number.</summary>
    public IReadOnlyList<LogEvidence> Logs => _logs;

    /// <summary>All names that log files ever had.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public Erasures Erasures { get; } = new();

    /// <summary>The keys.</summary>
    public LedgerKeys Keys => _keys;

    public long Checkpoints { get; private set; }

    /// <summary>The leaves that the last checkpoint covers.</summary>
    public long CheckpointSize { get; private set; }

    public SignedCheckpoint? LastCheckpoint { get; private set; }

    /// <summary>The time of the newest leaf.</summary>
    public long Time { get; private set; }

    /// <summary>Whether damage ended the replay: nothing vouches for what follows.</summary>
    public bool IsStopped => _stop is not null;

    /// <summary>The instance of the last writer, if it did not end cleanly.</summary>
    public string? RunningInstance => _isStopped ? null : _instance;

    public LogEvidence? LogOf(long id) => id >= 1 && id <= _logs.Count ? _logs[(int)(id - 1)] : null;

    /// <summary>Adds the findings: the first damage alone, with the trust roots before it, or all of them.</summary>
    /// <returns>Whether the ledger is sound, so that the log files can be compared with it.</returns>
    public bool Report(FindingList findings)
    {
        if (checkpoints.FirstForged() is { } forged && (_stop is not { } stop || stop.Place.IsAfter(forged.Place)))
        {
            _stop = (forged.Place, forged.Finding);
            (Leaves, Checkpoints) = (forged.Leaves, forged.Checkpoints);
        }
        foreach ((LedgerPlace place, AuditFinding root) in _keys.UntrustedRoots)
        {
            if (_stop is not { } end || end.Place.IsAfter(place)) findings.Add(root);
        }
        if (_stop is { } first)
        {
            findings.Add(first.Finding);
            return false;
        }
        foreach (AuditFinding finding in _others.All) findings.Add(finding);
        return true;
    }

    public void Stop(string code, LedgerPlace place, string problem) => _stop ??= (place, place.Finding(code, problem) with { Leaf = Tree.Size });

    public void AddTornLine(LedgerPlace place, long length) =>
        _others.Add(place.Finding(FindingCode.TornLine, "a write that a killed writer left unfinished, and its successor closed") with { Length = length });

    public void AddTornEnd(LedgerPlace place, long length) =>
        _others.Add(place.Finding(FindingCode.TornLedgerEnd, "the ledger ends in the middle of a line or block: its writer was killed, and none has started since") with { Length = length });

    /// <summary>Whether a leaf has the next index; if not, nothing more is read.</summary>
    public bool IsNext(in ParsedLine line, LedgerPlace place)
    {
        if (line.Seq == Tree.Size) return true;
        Stop(FindingCode.Sequence, place, $"found leaf {line.Seq}, expected {Tree.Size}");
        return false;
    }

    /// <summary>Adds a leaf.</summary>
    public void Add(ParsedPart part, in ParsedLine line, LedgerPlace place)
    {
        if (!IsNext(line, place)) return;
        if (TryAdd(part, line, place) is { } problem)
        {
            Stop(FindingCode.LedgerDamaged, place, problem);
            return;
        }
        if (line.Time < Time) AddAt(FindingCode.ClockBack, place, line, $"the clock went back by {(Time - line.Time) / 1e6:0.000000} seconds");
        Time = line.Time;
        Tree.Add(line.Hash);
        Leaves++;
        checkpoints.Anchors.AddLeaf(Tree);
    }

    /// <summary>Adds a checkpoint of the leaves so far.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="hints">The lines <c>h</c> and <c>w</c> before it; empty if there are none.</param>
    /// <param name="place">Where the lines begin.</param>
    public void Add(SignedCheckpoint checkpoint, ReadOnlySpan<byte> hints, LedgerPlace place)
    {
        if (checkpoint.Checkpoint.Size != Tree.Size || checkpoint.Checkpoint.Root != Tree.Root)
        {
            Stop(FindingCode.CheckpointRoot, place, checkpoint.Checkpoint.Size == Tree.Size
                ? $"the {Tree.Size} leaves before it are not those that were signed"
                : $"it covers {checkpoint.Checkpoint.Size} leaves, but {Tree.Size} stand before it");
            return;
        }
        if (_keys.Current is not { } key || !checkpoints.TryAdd(checkpoint, key, place))
        {
            Stop(FindingCode.CheckpointSignature, place, CheckpointChecks.Forged(checkpoint, _keys));
            return;
        }
        if (!hints.IsEmpty && (_keys.IsPending || !hints.SequenceEqual(Encoding.UTF8.GetBytes(Hints()))))
        {
            Stop(FindingCode.Hint, place, "the hint for writers is not what the leaves before it add up to");
            return;
        }
        Checkpoints++;
        CheckpointSize = Tree.Size;
        LastCheckpoint = checkpoint;
        _keys.TakeNext();
        checkpoints.Anchors.AddCheckpoint(Tree.Size, _keys.Current);
    }

    private string Hints()
    {
        string nodes = Tree.Size == 0 ? "-" : string.Join(',', Tree.Nodes);
        return $"h {Tree.Size} {_keys.Epoch} {_keys.EpochBegan} {_logs.Count} {_keys.Current} {nodes}\n{string.Concat(_logs.Where(log => !log.IsRemoved).Select(log => log.Hint))}";
    }

    private void AddAt(string code, LedgerPlace place, in ParsedLine line, string problem) =>
        _others.Add(place.Finding(code, problem) with { Leaf = line.Seq, Time = LedgerTime.Of(line.Time) });

    // What is wrong with a leaf; null if nothing is.
    private string? TryAdd(ParsedPart part, in ParsedLine line, LedgerPlace place)
    {
        if (line.Seq == 0 && line.Leaf != LeafKind.Genesis) return "the first leaf is not a genesis";
        LogEvidence? log = LogOf(line.FileId);
        if (log is null && line.FileId != 0 && line.Leaf != LeafKind.File) return $"it names log file {line.FileId}, which is not known";
        bool isUsual = line.Leaf is LeafKind.Records or LeafKind.Adopted or LeafKind.Torn && !line.IsSaltDropped && !log!.IsBeforeFirst(line.Offset, line.Seq);
        if (isUsual)
        {
            log!.Add(line, part.Part.Index);
            return null;
        }
        if (!LedgerLine.TryParse(part.BytesOf(line), out LedgerLine leaf)) return "it changed while it was read";
        return leaf.IsExtent ? AddExtent(part, line, leaf, place) : AddOther(line, leaf, place);
    }

    private string? AddExtent(ParsedPart part, in ParsedLine line, in LedgerLine leaf, LedgerPlace place)
    {
        LogEvidence log = LogOf(line.FileId)!;
        log.Add(line, part.Part.Index);
        if (leaf.Kind == LeafKind.Erased)
        {
            if (Erasures.Add(leaf) is { } problem) AddAt(FindingCode.Erasure, place, line, problem);
        }
        else if (!leaf.IsSaltDropped && log.IsBeforeFirst(leaf.Offset, leaf.Seq))
        {
            log.First = ExtentProbe.Of(leaf);
        }
        if (leaf.IsSaltDropped) Erasures.AddDropped(leaf);
        return null;
    }

    private string? AddOther(in ParsedLine line, in LedgerLine leaf, LedgerPlace place)
    {
        string text = Encoding.UTF8.GetString(leaf.Text);
        switch (leaf.Kind)
        {
            case LeafKind.Genesis:
                string? refused = _keys.AddRoot(leaf, text, place);
                if (refused is null) checkpoints.Anchors.AddKey(_keys.Current!);
                return refused;
            case LeafKind.NextKey:
                return _keys.AddNext(leaf, text);
            case LeafKind.Started:
                (_instance, _isStopped) = (Encoding.UTF8.GetString(leaf.Instance), false);
                return null;
            case LeafKind.Stopped:
                _isStopped |= Encoding.UTF8.GetString(leaf.Instance) == _instance;
                return null;
            case LeafKind.Order:
                Erasures.AddOrder(leaf.Seq, text);
                return null;
            case LeafKind.File:
                return AddFile(leaf, text);
            case LeafKind.Dropped:
                _others.Add(FindingList.Of(FindingCode.Dropped, $"{leaf.Count} record{(leaf.Count == 1 ? "" : "s")} could not be stored: {text}") with
                {
                    File = LogOf(leaf.FileId)?.Name, Leaf = line.Seq, Time = LedgerTime.Of(line.Time),
                });
                return null;
        }
        if (LogOf(leaf.FileId) is not { } log) return null;
        if (leaf.Kind == LeafKind.Removed) log.IsRemoved = true;
        if (leaf.Kind == LeafKind.Shortened) log.Alarms = [.. log.Alarms, new ShortenedAlarm(leaf.Seq, leaf.Length, leaf.Count)];
        return leaf.Kind == LeafKind.Renamed ? AddName(log, text) : null;
    }

    private string? AddFile(in LedgerLine leaf, string name)
    {
        if (leaf.FileId != _logs.Count + 1) return $"it is log file {leaf.FileId}, expected {_logs.Count + 1}";
        if (leaf.Offset > 0 && Checkpoints > 0) return "it has bytes that are older than the ledger, but follows a checkpoint";
        _logs.Add(new LogEvidence(leaf.FileId, leaf.Count, leaf.Offset, name));
        return AddName(_logs[^1], name);
    }

    private string? AddName(LogEvidence log, string name)
    {
        if (!LedgerSyntax.IsName(name)) return "its name leads out of the log directory";
        log.Name = name;
        Names.Add(name);
        return null;
    }
}
