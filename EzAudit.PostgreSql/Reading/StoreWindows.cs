using System.Globalization;
using EzAudit.PostgreSql.Text;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Divides time into parts that lie in one partition each, so that a search for the newest records does not touch all of them.</summary>
internal static class StoreWindows
{
    public const string PartitionsSql = """
        SELECT relname::text FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'ezaudit.audit_record'::regclass AND relname ~ '^audit_record_\d{4}_\d{2}$' ORDER BY relname
        """;

    /// <summary>The windows of a query, oldest first.</summary>
    /// <param name="partitions">The names of the partitions, oldest first.</param>
    /// <param name="since">The earliest time.</param>
    /// <param name="until">The latest time, inclusive.</param>
    public static IReadOnlyList<StoreWindow> Of(IEnumerable<string> partitions, long since, long until)
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
            windows.Add(new StoreWindow(first, start));
        }
        windows.Add(new StoreWindow(start, StoreTime.Future));
        return [.. windows
            .Where(window => window.End > since && window.Start <= until)
            .Select(window => new StoreWindow(Math.Max(window.Start, since), until < window.End ? until + 1 : window.End))];
    }
}

/// <summary>A part of time in microseconds.</summary>
/// <param name="Start">Its start, inclusive.</param>
/// <param name="End">Its end, exclusive.</param>
internal readonly record struct StoreWindow(long Start, long End);
