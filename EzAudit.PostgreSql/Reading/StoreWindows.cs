using System.Globalization;
using EzAudit.PostgreSql.Text;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Divides time into parts that lie in one partition each, so that a search for the newest records does not touch all of them.</summary>
internal static class StoreWindows
{
    /// <summary>The windows of a query, oldest first.</summary>
    /// <param name="partitions">The names of the partitions, oldest first.</param>
    /// <param name="parts">The parts of months that have an index for text search of their own, oldest first; empty if the query does not search texts.</param>
    /// <param name="since">The earliest time.</param>
    /// <param name="until">The latest time, inclusive.</param>
    public static IReadOnlyList<StoreWindow> Of(IEnumerable<string> partitions, IReadOnlyList<StoreWindow> parts, long since, long until)
    {
        var windows = new List<StoreWindow>();
        long start = StoreTime.Past;
        foreach (string partition in partitions)
        {
            var month = DateTimeOffset.ParseExact(partition["audit_record_".Length..], "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            long first = StoreTime.MicrosecondsOf(month);
            // The records between two months without a partition are in the default one.
            if (first > start) windows.Add(new StoreWindow(start, first));
            start = month > DateTimeOffset.MaxValue.AddMonths(-1) ? StoreTime.Future : StoreTime.MicrosecondsOf(month.AddMonths(1));
            AddMonth(windows, new StoreWindow(first, start), parts);
        }
        windows.Add(new StoreWindow(start, StoreTime.Future));
        return [.. windows
            .Where(window => window.End > since && window.Start <= until)
            .Select(window => new StoreWindow(Math.Max(window.Start, since), until < window.End ? until + 1 : window.End))];
    }

    /// <summary>
    /// Joins windows in the order in which they are read: up to the first one that begins in the past, then four, sixteen and so on. What is found soon is
    /// found in the first statement, and what is rare in few ones.
    /// </summary>
    /// <param name="windows">The windows, in the order of reading.</param>
    /// <param name="now">The present time.</param>
    public static IEnumerable<StoreWindow> Joined(IEnumerable<StoreWindow> windows, long now)
    {
        StoreWindow? joined = null;
        int count = 0;
        int most = 1;
        foreach (StoreWindow window in windows)
        {
            joined = joined is { } known ? new StoreWindow(Math.Min(known.Start, window.Start), Math.Max(known.End, window.End)) : window;
            if (window.Start > now || ++count < most) continue;
            yield return joined.Value;
            (joined, count, most) = (null, 0, most * 4);
        }
        if (joined is { } rest) yield return rest;
    }

    private static void AddMonth(List<StoreWindow> windows, StoreWindow month, IReadOnlyList<StoreWindow> parts)
    {
        long start = month.Start;
        foreach (StoreWindow part in parts.Where(part => part.Start >= month.Start && part.End <= month.End))
        {
            // An interrupted run of "ezaudit store index" leaves parts that overlap.
            if (part.Start < start) continue;
            if (part.Start > start) windows.Add(new StoreWindow(start, part.Start));
            windows.Add(part);
            start = part.End;
        }
        if (start < month.End) windows.Add(new StoreWindow(start, month.End));
    }
}

/// <summary>A part of time in microseconds.</summary>
/// <param name="Start">Its start, inclusive.</param>
/// <param name="End">Its end, exclusive.</param>
internal readonly record struct StoreWindow(long Start, long End);
