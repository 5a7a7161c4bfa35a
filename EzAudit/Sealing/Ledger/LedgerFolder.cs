using System.Text;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Ledger;

/// <summary>Adds the lines of a ledger to a state, for writers: what a verifier would call damage is reported, and passed over. Not thread-safe.</summary>
/// <param name="state">The state before the first line; replaced by that of the first hint if it is <see langword="null"/>.</param>
/// <param name="report">Is told of damage.</param>
internal sealed class LedgerFolder(LedgerState? state, Action<string> report)
{
    private const int CheckpointLines = 5;

    private readonly StringBuilder _checkpoint = new();
    private long _blockAt = -1;
    private long _damageAt = -1;
    private int _checkpointLines;
    private bool _isRestoring = state is null;

    /// <summary>The state after the lines so far.</summary>
    public LedgerState State { get; private set; } = state ?? new LedgerState();

    /// <summary>Where the end of the segment stops making sense: a write that was cut off; -1 if it does not.</summary>
    public long TornAt => _damageAt >= 0 ? _damageAt : _blockAt;

    /// <summary>The newest checkpoint; <see langword="null"/> if none was read.</summary>
    public SignedCheckpoint? Checkpoint { get; private set; }

    /// <summary>The bytes read since the last hint.</summary>
    public long BytesSinceHint { get; private set; }

    /// <summary>Adds whole lines.</summary>
    /// <param name="lines">Lines, each with its line feed.</param>
    /// <param name="offset">Where the first one starts in the segment.</param>
    public void Fold(ReadOnlySpan<byte> lines, long offset)
    {
        BytesSinceHint += lines.Length;
        while (!lines.IsEmpty)
        {
            int length = lines.IndexOf((byte)'\n') + 1;
            Fold(lines[..length], offset, lines[0]);
            lines = lines[length..];
            offset += length;
        }
    }

    private void Fold(ReadOnlySpan<byte> line, long offset, byte kind)
    {
        if (offset == 0 && line.SequenceEqual(LedgerSyntax.Header)) return;
        if (_damageAt < 0 && TryFoldBlock(line, offset, kind)) return;
        if (!LedgerLine.TryParse(line, out LedgerLine leaf))
        {
            BeginDamage(_blockAt >= 0 ? _blockAt : offset);
            return;
        }
        if (_blockAt >= 0) BeginDamage(_blockAt);
        if (_damageAt >= 0 && !(leaf.Kind == LeafKind.TornLine && leaf.Length == offset - _damageAt)) report($"it is damaged at byte {_damageAt}.");
        _damageAt = -1;
        if (leaf.Seq != State.Tree.Size) report($"it is damaged at byte {offset}: found leaf {leaf.Seq}, expected {State.Tree.Size}.");
        State.Add(leaf);
    }

    // Hints and checkpoints are several lines that belong together.
    private bool TryFoldBlock(ReadOnlySpan<byte> line, long offset, byte kind)
    {
        switch (kind)
        {
            case (byte)'h' when _blockAt < 0:
                return TryBeginHint(line, offset);
            case (byte)'w' when _blockAt >= 0 && _checkpointLines == 0:
                return !_isRestoring || State.TryRestoreLog(line);
            case (byte)'c' when line.StartsWith("c "u8):
                if (_blockAt < 0) _blockAt = offset;
                _checkpoint.Append(Encoding.UTF8.GetString(line[2..]));
                if (++_checkpointLines == CheckpointLines) EndBlock(offset);
                return true;
            default:
                return false;
        }
    }

    private bool TryBeginHint(ReadOnlySpan<byte> line, long offset)
    {
        if (LedgerState.TryRestore(line) is not { } hinted) return false;
        if (_isRestoring) State = hinted;
        BytesSinceHint = line.Length;
        _blockAt = offset;
        return true;
    }

    private void EndBlock(long offset)
    {
        bool isOurs = SignedCheckpoint.TryParse(_checkpoint.ToString(), out SignedCheckpoint? checkpoint, out _)
            && checkpoint.Checkpoint.Size == State.Tree.Size && checkpoint.Checkpoint.Root == State.Tree.Root
            && VerificationKey.TryParse(State.Key, out VerificationKey? key) && checkpoint.IsSignedBy(key);
        if (!isOurs) report($"the checkpoint that ends at byte {offset} is damaged: its tree or its signature is not that of the lines before it.");
        Checkpoint = checkpoint ?? Checkpoint;
        State.AddCheckpoint();
        _isRestoring = false;
        _checkpoint.Clear();
        _checkpointLines = 0;
        _blockAt = -1;
    }

    private void BeginDamage(long offset)
    {
        if (_damageAt < 0) _damageAt = offset;
        _blockAt = -1;
        _checkpoint.Clear();
        _checkpointLines = 0;
    }
}
