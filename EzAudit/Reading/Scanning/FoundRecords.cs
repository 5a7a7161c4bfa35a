using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Scanning;

/// <summary>Keeps copies of the records that match a query, and the problems of the pieces that were examined.</summary>
internal sealed class FoundRecords(LogMember member, ClassicQueryMatcher matcher) : IPieceSink
{
    private const int PackSize = 16 << 10;

    // Packed so that a caller that keeps one record keeps little more, and a million records do not need a million arrays.
    private Memory<byte> _pack;

    public List<AuditFoundRecord> Records { get; } = [];

    /// <summary>The total size of the records in bytes.</summary>
    public long ByteCount { get; private set; }

    public ProblemList Problems { get; } = new(member.File.Path);

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (!Problems.TryRead(bytes, piece, offset, out ClassicView view)) return;
        long ticks = matcher.TicksOf(view);
        bool isMet = matcher.IsMet(view, ticks);
        if (matcher.IsInDoubt) Problems.AddDoubt(member.File, offset);
        if (!isMet) return;
        bool isSound = view.IsSound();
        if (!isSound) Problems.Add(AuditLogProblemKind.Damage, bytes, offset, isRecord: true);
        Records.Add(new AuditFoundRecord(member.File, offset, Copy(bytes), new DateTimeOffset(ticks, TimeSpan.Zero), !isSound, member.Read));
    }

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

/// <summary>Keeps all problems, including those of records that are returned nevertheless.</summary>
internal sealed class FoundProblems(string path) : IPieceSink
{
    public ProblemList Problems { get; } = new(path);

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (Problems.TryRead(bytes, piece, offset, out ClassicView view) && !view.IsSound())
            Problems.Add(AuditLogProblemKind.Damage, bytes, offset, isRecord: true);
    }
}

/// <summary>Counts the records that match a query.</summary>
internal sealed class MatchCount(ClassicQueryMatcher matcher) : IPieceSink
{
    public long Count { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (piece.IsRecord && ClassicView.TryRead(bytes, piece, out ClassicView view) && matcher.IsMet(view, matcher.TicksOf(view))) Count++;
    }
}
