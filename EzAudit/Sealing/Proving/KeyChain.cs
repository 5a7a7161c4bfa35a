using System.Buffers;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Proving;

/// <summary>Finds the first checkpoint that covers a leaf, and the chain of keys that leads to it, while the lines of a ledger pass by. Not thread-safe.</summary>
/// <remarks>The ledger was verified before: here, nothing is checked again.</remarks>
/// <param name="leaf">The leaf.</param>
internal sealed class KeyChain(long leaf)
{
    private const int CheckpointLines = 5;

    private readonly TreeFrontier _tree = new();
    private readonly List<(VerificationKey Key, KeyLink? Link)> _keys = [];
    private readonly ArrayBufferWriter<byte> _note = new();
    private int _noteLines;
    private Pending? _pending;

    /// <summary>The checkpoint; <see langword="null"/> as long as none covers the leaf.</summary>
    public SignedCheckpoint? Checkpoint { get; private set; }

    /// <summary>The links from the newest key that is trusted; <see langword="null"/> if none is.</summary>
    public IReadOnlyList<KeyLink>? LinksFrom(IReadOnlyCollection<VerificationKey> trusted)
    {
        int start = _keys.FindLastIndex(key => trusted.Contains(key.Key));
        return start < 0 ? null : [.. _keys.Skip(start + 1).Select(key => key.Link!)];
    }

    /// <summary>Takes the next part; false if the checkpoint was found.</summary>
    public bool Take(ParsedPart part)
    {
        foreach (ref readonly ParsedLine line in part.Lines)
        {
            if (line.Kind == LineKind.Leaf) Take(line, part.BytesOf(line));
            else if (line.Kind == LineKind.Checkpoint) TakeNote(part.BytesOf(line)[LedgerSyntax.CheckpointStart.Length..]);
            if (Checkpoint is not null) return false;
        }
        return true;
    }

    private void Take(in ParsedLine line, ReadOnlySpan<byte> bytes)
    {
        // What a killed writer left of a checkpoint.
        ClearNote();
        if (line.Leaf == LeafKind.NextKey) _pending = new Pending(bytes.ToArray(), line.Seq, _tree.Copy());
        if (line.Leaf == LeafKind.Genesis)
        {
            _pending = null;
            _keys.Clear();
            AddKey(bytes, null);
        }
        _pending?.Leaves.Add(line.Hash);
        _tree.Add(line.Hash);
    }

    private void TakeNote(ReadOnlySpan<byte> line)
    {
        _note.Write(line);
        if (++_noteLines < CheckpointLines) return;
        if (SignedCheckpoint.TryParse(_note.WrittenSpan, out SignedCheckpoint? checkpoint, out _)) Take(checkpoint);
        ClearNote();
    }

    private void Take(SignedCheckpoint checkpoint)
    {
        if (checkpoint.Checkpoint.Size > leaf)
        {
            Checkpoint = checkpoint;
            return;
        }
        if (_pending is not { } pending) return;
        _pending = null;
        IReadOnlyList<TreeHash> path = RecentPath.Of(pending.Before, pending.Leaves, pending.Index);
        if (ProofLeaf.TryCreate(pending.Line, path, out ProofLeaf? key)) AddKey(pending.Line, new KeyLink(key, checkpoint));
    }

    private void AddKey(ReadOnlySpan<byte> line, KeyLink? link)
    {
        if (LedgerLine.TryParse(line, out LedgerLine leafOfKey) && VerificationKey.TryParse(System.Text.Encoding.UTF8.GetString(leafOfKey.Text), out VerificationKey? key)) _keys.Add((key, link));
    }

    private void ClearNote()
    {
        _note.ResetWrittenCount();
        _noteLines = 0;
    }

    // A key that the next checkpoint makes current; the leaves from it on.
    private sealed record Pending(byte[] Line, long Index, TreeFrontier Before)
    {
        public List<TreeHash> Leaves { get; } = [];
    }
}
