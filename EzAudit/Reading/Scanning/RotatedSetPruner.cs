using EzAudit.Reading.Files;
using EzAudit.Records;

namespace EzAudit.Reading.Scanning;

/// <summary>Finds the compressed files of a set that cannot hold records of a time range, by the first record of each file and of the next.</summary>
/// <remarks>Like <see cref="TimeRangePruner"/>, skips only files outside of the range by more than the usual clock correction.</remarks>
internal static class RotatedSetPruner
{
    private const int StartSize = 4096;

    /// <summary>The files that may hold some. Plain ones stay: they are sampled.</summary>
    public static IReadOnlyList<LogMember> Within(IReadOnlyList<LogMember> set, AuditQuery query)
    {
        if (query.ReadsAll || (query.Since is null && query.Until is null) || !set.Any(IsCompressed)) return set;
        long?[] firsts = [.. set.Select(FirstTime)];
        return TimeRangePruner.AreInOrder(firsts.OfType<long>()) ? [.. set.Where((member, i) => !IsCompressed(member) || MayHold(firsts, i, query))] : set;
    }

    private static bool IsCompressed(LogMember member) => member is { File.IsCompressed: true, Syntax: not null };

    // One record alone proves nothing: unless the first record of the next file agrees, nothing is skipped.
    private static bool MayHold(long?[] firsts, int i, AuditQuery query)
    {
        if (i + 1 == firsts.Length || firsts[i] is not { } first || firsts[i + 1] is not { } next) return true;
        bool isAfter = query.Until is { } until && Math.Min(first, next) - TimeRangePruner.Slack >= until.UtcTicks;
        bool isBefore = query.Since is { } since && Math.Max(first, next) < since.UtcTicks - TimeRangePruner.Slack;
        return !isAfter && !isBefore;
    }

    private static long? FirstTime(LogMember member)
    {
        if (member.Syntax is not { } syntax || !member.CanReadAgain) return null;
        byte[] bytes = new byte[StartSize];
        int count = member.Content.Read(bytes, 0);
        int at = syntax.FindStart(bytes.AsSpan(0, count), 0, count);
        return at >= 0 && syntax.TryReadTime(bytes.AsSpan(at, count - at), out long ticks) ? ticks : null;
    }
}
