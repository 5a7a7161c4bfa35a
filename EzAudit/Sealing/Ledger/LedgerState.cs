using System.Text;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Ledger;

/// <summary>What the lines of a ledger add up to: the tree, the current key, and the log files. Not thread-safe.</summary>
internal sealed class LedgerState
{
    private const int MaxRemoved = 1000;

    private readonly SortedDictionary<long, SealedLog> _logs = [];
    private readonly Queue<SealedLog> _removed = new();
    private (long Epoch, string Key)? _pending;

    /// <summary>The tree of all leaves.</summary>
    public TreeFrontier Tree { get; private set; } = new();

    /// <summary>The epoch of the key that must sign the next checkpoint.</summary>
    public long Epoch { get; private set; }

    /// <summary>That key, as a vkey; empty before the genesis.</summary>
    public string Key { get; private set; } = "";

    /// <summary>When the current epoch began, in microseconds since 1970.</summary>
    public long EpochBegan { get; private set; }

    /// <summary>Whether a new key waits for the checkpoint that makes it current; no hint may be written meanwhile.</summary>
    public bool IsKeyPending => _pending is not null;

    /// <summary>The number of leaves that the last checkpoint covers; 0 if there is none.</summary>
    public long CheckpointSize { get; private set; }

    /// <summary>The log files that are known and were not removed, by their numbers.</summary>
    public IReadOnlyDictionary<long, SealedLog> Logs => _logs;

    /// <summary>The highest number of a log file.</summary>
    public long LastFileId { get; private set; }

    /// <summary>Adds a leaf.</summary>
    public void Add(in LedgerLine line)
    {
        Tree.Add(line.Hash());
        switch (line.Kind)
        {
            case LeafKind.Genesis:
                _pending = null;
                (Epoch, Key, EpochBegan) = (0, Encoding.UTF8.GetString(line.Text), line.Time);
                break;
            case LeafKind.NextKey:
                _pending = (line.Count, Encoding.UTF8.GetString(line.Text));
                EpochBegan = line.Time;
                break;
            case LeafKind.File:
                var log = new SealedLog(line.FileId, line.Count, line.Offset, Encoding.UTF8.GetString(line.Text));
                log.Covered.Add(0, line.Offset);
                _logs[line.FileId] = log;
                LastFileId = Math.Max(LastFileId, line.FileId);
                break;
            case LeafKind.Records or LeafKind.Adopted or LeafKind.Torn:
                if (_logs.TryGetValue(line.FileId, out SealedLog? written))
                {
                    written.Covered.Add(line.Offset, line.End);
                    written.IsUnsynced = true;
                }
                break;
            case LeafKind.Renamed:
                if (_logs.TryGetValue(line.FileId, out SealedLog? renamed)) renamed.Name = Encoding.UTF8.GetString(line.Text);
                break;
            case LeafKind.Removed:
                if (_logs.Remove(line.FileId, out SealedLog? removed)) AddRemoved(removed);
                break;
        }
    }

    /// <summary>A log file that was removed lately; <see langword="null"/> if none has this mark. Lines for it may still come from a writer that could not write them before.</summary>
    public SealedLog? FindRemoved(long mark) => _removed.LastOrDefault(log => log.Mark == mark);

    /// <summary>Adds a checkpoint of all leaves so far.</summary>
    public void AddCheckpoint()
    {
        CheckpointSize = Tree.Size;
        if (_pending is not { } next) return;
        (Epoch, Key) = next;
        _pending = null;
    }

    /// <summary>Writes the lines <c>h</c> and <c>w</c>, from which <see cref="TryRestore"/> starts.</summary>
    public void WriteHint(LineBuffer lines)
    {
        string nodes = Tree.Size == 0 ? "-" : string.Join(',', Tree.Nodes);
        lines.Line("h"u8).Number(Tree.Size).Number(Epoch).Number(EpochBegan).Number(LastFileId).Text(Key).Text(nodes).End();
        foreach (SealedLog log in _logs.Values) log.WriteHint(lines);
    }

    /// <summary>The state at a hint; <see langword="null"/> if the line is none.</summary>
    public static LedgerState? TryRestore(ReadOnlySpan<byte> line)
    {
        var reader = new FieldReader(line[..^1]);
        if (!reader.TryField(out ReadOnlySpan<byte> kind) || !kind.SequenceEqual("h"u8)
            || !reader.TryNumber(out long size) || !reader.TryNumber(out long epoch) || !reader.TryNumber(out long began) || !reader.TryNumber(out long lastFile)
            || !reader.TryField(out ReadOnlySpan<byte> key) || !reader.TryField(out ReadOnlySpan<byte> nodes) || !reader.IsAtEnd) return null;
        var hashes = new List<TreeHash>();
        if (!nodes.SequenceEqual("-"u8))
        {
            foreach (Range node in nodes.Split((byte)','))
            {
                if (!TreeHash.TryParse(nodes[node], out TreeHash hash)) return null;
                hashes.Add(hash);
            }
        }
        if (hashes.Count != System.Numerics.BitOperations.PopCount((ulong)size)) return null;
        return new LedgerState
        {
            Tree = TreeFrontier.Restore(size, hashes),
            Epoch = epoch,
            EpochBegan = began,
            Key = Encoding.UTF8.GetString(key),
            LastFileId = lastFile,
        };
    }

    /// <summary>Adds a log file of a hint; false if the line is not one.</summary>
    public bool TryRestoreLog(ReadOnlySpan<byte> line)
    {
        if (!SealedLog.TryRestore(line, out SealedLog? log)) return false;
        _logs[log.Id] = log;
        LastFileId = Math.Max(LastFileId, log.Id);
        return true;
    }

    private void AddRemoved(SealedLog log)
    {
        if (_removed.Count == MaxRemoved) _removed.Dequeue();
        _removed.Enqueue(log);
    }
}
