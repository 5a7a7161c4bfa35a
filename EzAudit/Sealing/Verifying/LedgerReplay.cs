using System.Buffers;
using System.Security.Cryptography;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Verifying;

/// <summary>Joins the lines of a ledger to leaves, hints and checkpoints, and passes over what a killed writer left unfinished. Not thread-safe.</summary>
/// <param name="segments">The ledger.</param>
/// <param name="history">Receives the leaves and checkpoints, and the first damage, after which nothing more is read.</param>
internal sealed class LedgerReplay(LedgerSegments segments, LedgerHistory history)
{
    private const int CheckpointLines = 5;

    private readonly ArrayBufferWriter<byte> _hints = new();
    private readonly ArrayBufferWriter<byte> _note = new();
    private int _segment;
    private int _checkpointLines;

    // Where the open block and the damage begin in the segment; -1 if there is none.
    private long _blockAt = -1;
    private long _damageAt = -1;
    private long _end;
    private bool _lacksHeader;
    private bool _lacksHint;

    /// <summary>Takes the next part.</summary>
    public void Take(ParsedPart part)
    {
        if (part.Part.Segment != _segment && _segment > 0 && IsUnfinished) StopAtDamage(Place(UnfinishedAt), "it ends in the middle of a line or a block, but is not the last segment");
        if (part.Part.Segment != _segment) Begin(part.Part.Segment);
        foreach (ref readonly ParsedLine line in part.Lines)
        {
            if (history.IsStopped) return;
            long offset = part.Part.Offset + line.Start;
            _end = offset + line.Length;
            Take(part, line, offset);
        }
    }

    /// <summary>Ends the replay.</summary>
    public void Finish()
    {
        if (history.IsStopped) return;
        if (segments.Missing is { } missing)
        {
            history.Stop(FindingCode.LedgerDamaged, new LedgerPlace(missing, 0), "the segment is missing, although later ones exist");
            return;
        }
        if (_segment == 0) history.Stop(FindingCode.LedgerDamaged, new LedgerPlace(1, 0), "the segment is missing");
        else if (IsUnfinished) history.AddTornEnd(Place(UnfinishedAt), _end - UnfinishedAt);
    }

    private bool IsUnfinished => _damageAt >= 0 || _blockAt >= 0 || _lacksHeader || _lacksHint;

    private long UnfinishedAt => _damageAt >= 0 ? _damageAt : _blockAt >= 0 ? _blockAt : _end;

    private LedgerPlace Place(long offset) => new(_segment, offset);

    private void Begin(int segment)
    {
        _segment = segment;
        _end = 0;
        _blockAt = _damageAt = -1;
        _lacksHeader = true;
        _lacksHint = segment > 1;
    }

    private void Take(ParsedPart part, in ParsedLine line, long offset)
    {
        if (offset == 0 && line.Kind != LineKind.Header)
        {
            // The start of a header is all that a writer may have left of a segment.
            if (!LedgerSyntax.Header.StartsWith(part.BytesOf(line))) StopAtDamage(Place(0), "the segment does not begin with the line \"ezaudit-ledger v1\"");
        }
        else if (line.Kind == LineKind.Leaf) TakeLeaf(part, line, offset);
        else if (_damageAt < 0 && !TryTakeOther(line.Kind, part.BytesOf(line), offset)) BeginDamage(offset);
    }

    private void TakeLeaf(ParsedPart part, in ParsedLine line, long offset)
    {
        if (_blockAt >= 0) BeginDamage(offset);
        bool isTornLine = line.Leaf == LeafKind.TornLine;
        if (_damageAt >= 0)
        {
            if (!isTornLine || line.Size != offset - _damageAt || !IsDigestRight(part, line))
            {
                StopAtDamage(Place(_damageAt), "it is not what writers of a ledger write");
                return;
            }
            history.AddTornLine(Place(_damageAt), line.Size);
            _damageAt = -1;
        }
        else if (isTornLine)
        {
            if (history.IsNext(line, Place(offset))) StopAtDamage(Place(offset), "the line says that the one before it is torn, but that is complete");
            return;
        }
        else if (_lacksHint)
        {
            StopAtDamage(Place(offset), "the segment does not begin with a hint and a checkpoint");
            return;
        }
        history.Add(part, line, Place(offset));
    }

    private bool TryTakeOther(LineKind kind, ReadOnlySpan<byte> bytes, long offset)
    {
        switch (kind)
        {
            case LineKind.Header:
                _lacksHeader = false;
                return true;
            case LineKind.Hint when _blockAt < 0:
                _blockAt = offset;
                _hints.Write(bytes);
                return true;
            case LineKind.HintedFile when _hints.WrittenCount > 0 && _checkpointLines == 0:
                _hints.Write(bytes);
                return true;
            case LineKind.Checkpoint when !_lacksHint || _hints.WrittenCount > 0:
                if (_blockAt < 0) _blockAt = offset;
                _note.Write(bytes[LedgerSyntax.CheckpointStart.Length..]);
                if (++_checkpointLines == CheckpointLines) EndBlock();
                return true;
            default:
                return false;
        }
    }

    private void EndBlock()
    {
        LedgerPlace place = Place(_blockAt);
        if (SignedCheckpoint.TryParse(_note.WrittenSpan, out SignedCheckpoint? checkpoint, out string? problem)) history.Add(checkpoint, _hints.WrittenSpan, place);
        else StopAtDamage(place, problem);
        if (_hints.WrittenCount > 0) _lacksHint = false;
        CloseBlock();
    }

    private void BeginDamage(long offset)
    {
        _damageAt = _blockAt >= 0 ? _blockAt : offset;
        CloseBlock();
    }

    private void CloseBlock()
    {
        _blockAt = -1;
        _checkpointLines = 0;
        _hints.ResetWrittenCount();
        _note.ResetWrittenCount();
    }

    private void StopAtDamage(LedgerPlace place, string problem) => history.Stop(FindingCode.LedgerDamaged, place, problem);

    private bool IsDigestRight(ParsedPart part, in ParsedLine line)
    {
        if (!LedgerLine.TryParse(part.BytesOf(line), out LedgerLine leaf)) return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[(int)Math.Min(leaf.Length, 1 << 16)];
        for (long at = _damageAt, end = _damageAt + leaf.Length; at < end;)
        {
            int count = segments.Read(_segment, at, block.AsSpan(0, (int)Math.Min(block.Length, end - at)));
            if (count == 0) return false;
            hash.AppendData(block.AsSpan(0, count));
            at += count;
        }
        return new TreeHash(hash.GetHashAndReset()) == leaf.Digest;
    }
}

/// <summary>A place in the ledger.</summary>
/// <param name="Segment">The number of the segment, from 1.</param>
/// <param name="Offset">The offset in the segment.</param>
internal readonly record struct LedgerPlace(int Segment, long Offset)
{
    public string File => LedgerSegments.NameOf(Segment);

    public bool IsAfter(LedgerPlace other) => Segment > other.Segment || (Segment == other.Segment && Offset > other.Offset);

    public AuditFinding Finding(string code, string problem) => FindingList.Of(code, problem) with { File = File, Offset = Offset };
}
