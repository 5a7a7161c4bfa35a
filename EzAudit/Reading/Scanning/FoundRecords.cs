using EzAudit.Formats.InPlace;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Scanning;

/// <summary>Keeps copies of the records that match a query.</summary>
internal sealed class FoundRecords(LogMember member, RecordMatcher matcher) : MatchSink(matcher)
{
    private const int PackSize = 16 << 10;

    // Packed so that a caller that keeps one record keeps little more, and a million records do not need a million arrays.
    private Memory<byte> _pack;

    public List<AuditFoundRecord> Records { get; } = [];

    /// <summary>The total size of the records in bytes.</summary>
    public long ByteCount { get; private set; }

    protected override void Keep(in RecordView view, ReadOnlySpan<byte> bytes, long offset, bool isSound) =>
        Records.Add(new AuditFoundRecord(File, offset, Copy(bytes), new DateTimeOffset(view.UtcTicks, TimeSpan.Zero), !isSound, member.Read));

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        ByteCount += bytes.Length;
        if (bytes.Length > PackSize / 4) return bytes.ToArray();
        if (bytes.Length > _pack.Length) _pack = new byte[PackSize];
        Memory<byte> copy = _pack[..bytes.Length];
        _pack = _pack[bytes.Length..];
        bytes.CopyTo(copy.Span);
        return copy;
    }
}

/// <summary>Keeps nothing but the problems.</summary>
internal sealed class FoundProblems(RecordMatcher matcher) : MatchSink(matcher)
{
    protected override void Keep(in RecordView view, ReadOnlySpan<byte> bytes, long offset, bool isSound)
    {
    }
}

/// <summary>Counts the records that match a query, without a look at problems.</summary>
internal sealed class MatchCount(RecordMatcher matcher) : IPieceSink
{
    public long Count { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes, in RecordPiece piece, in RecordView view, long offset)
    {
        if (piece.IsRecord && matcher.IsMatch(view, out _) && matcher.IsVerified(offset, piece.Length)) Count++;
    }
}
