using System.Collections.Concurrent;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Verifying;

/// <summary>The lines of a part of the ledger, parsed and hashed. An instance is used for one part after the other; not thread-safe.</summary>
/// <remarks>Parsing and hashing is most of the work of reading a ledger, and needs no other part: several parts are read at a time.</remarks>
internal sealed class ParsedPart
{
    private const int FirstLines = 8192;

    private byte[] _bytes = [];
    private ParsedLine[] _lines = new ParsedLine[FirstLines];

    public LedgerPart Part { get; private set; }

    public ReadOnlySpan<ParsedLine> Lines => _lines.AsSpan(0, _count);

    private int _count;

    /// <summary>The bytes of a line, with its line feed.</summary>
    public ReadOnlySpan<byte> BytesOf(in ParsedLine line) => _bytes.AsSpan(line.Start, line.Length);

    /// <summary>Reads parts with several threads, and passes them on in their order until the receiver returns false.</summary>
    public static void ReadAll(LedgerSegments segments, IEnumerable<LedgerPart> parts, int threads, Func<ParsedPart, bool> take)
    {
        var free = new ConcurrentBag<ParsedPart>();
        foreach (ParsedPart part in OrderedParts.Map(parts, ReadOne, threads))
        {
            if (!take(part)) return;
            free.Add(part);
        }

        ParsedPart ReadOne(LedgerPart part)
        {
            ParsedPart lines = free.TryTake(out ParsedPart? used) ? used : new ParsedPart();
            lines.Read(segments, part);
            return lines;
        }
    }

    private void Read(LedgerSegments segments, LedgerPart part)
    {
        Part = part;
        _count = 0;
        if (_bytes.Length < part.Length) _bytes = GC.AllocateUninitializedArray<byte>(part.Length);
        int length = segments.Read(part.Segment, part.Offset, _bytes.AsSpan(0, part.Length));
        for (int start = 0; start < length;)
        {
            int end = _bytes.AsSpan(start, length - start).IndexOf((byte)'\n');
            int count = end < 0 ? length - start : end + 1;
            if (_count == _lines.Length) Array.Resize(ref _lines, _lines.Length * 2);
            _lines[_count++] = Parse(_bytes.AsSpan(start, count), start, isFirst: part.Offset + start == 0);
            start += count;
        }
    }

    private static ParsedLine Parse(ReadOnlySpan<byte> bytes, int start, bool isFirst)
    {
        var parsed = new ParsedLine { Start = start, Length = bytes.Length };
        if (isFirst) return parsed with { Kind = bytes.SequenceEqual(LedgerSyntax.Header) ? LineKind.Header : LineKind.Damaged };
        if (LedgerLine.TryParse(bytes, out LedgerLine leaf))
        {
            return parsed with
            {
                Kind = LineKind.Leaf,
                Leaf = leaf.Kind,
                IsSaltDropped = leaf.IsExtent && leaf.IsSaltDropped,
                Seq = leaf.Seq,
                Time = leaf.Time,
                FileId = leaf.FileId,
                Offset = leaf.Offset,
                Size = leaf.Length,
                Hash = leaf.Hash(),
            };
        }
        return parsed with { Kind = LedgerSyntax.KindOf(bytes) };
    }
}

/// <summary>One line of the ledger. Where the fields do not suffice, the line is parsed again: such lines are rare.</summary>
internal record struct ParsedLine
{
    /// <summary>Where it starts in its part.</summary>
    public int Start { get; init; }

    /// <summary>Its bytes, with the line feed.</summary>
    public int Length { get; init; }

    public LineKind Kind { get; init; }

    public LeafKind Leaf { get; init; }

    public bool IsSaltDropped { get; init; }

    public long Seq { get; init; }

    public long Time { get; init; }

    public long FileId { get; init; }

    public long Offset { get; init; }

    public long Size { get; init; }

    public TreeHash Hash { get; init; }
}
