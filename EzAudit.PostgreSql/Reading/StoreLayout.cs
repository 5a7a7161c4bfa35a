using System.Globalization;
using EzAudit.PostgreSql.Text;
using Npgsql;

namespace EzAudit.PostgreSql.Reading;

/// <summary>Into which parts the store is divided. Thread-safe.</summary>
/// <remarks>Asked at most once a minute. Windows that follow an old layout are as correct, and only less well aligned.</remarks>
internal sealed class StoreLayout(NpgsqlDataSource source)
{
    private const string Sql = """
        SELECT relname::text FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'ezaudit.audit_record'::regclass AND relname ~ '^audit_record_\d{4}_\d{2}$'
        UNION ALL
        SELECT relname::text FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
        WHERE relnamespace = 'ezaudit'::regnamespace AND relname ~ '^audit_record_\d{4}_\d{2}_text_\d{2}_\d{2}$' AND indisvalid
        ORDER BY 1
        """;

    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(1);

    private volatile Parts? _known;

    /// <summary>The windows of a query, oldest first.</summary>
    public IReadOnlyList<StoreWindow> WindowsOf(StoreQuery query)
    {
        Parts? known = _known;
        if (known is null || TimeProvider.System.GetElapsedTime(known.Read) > MostAge) _known = known = Read();
        return StoreWindows.Of(known.Partitions, query.Access == StoreAccess.ByText ? known.Texts : [], query.Since, query.Until);
    }

    private Parts Read()
    {
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlCommand command = new SqlText().Add(Sql).CreateCommand(connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        ILookup<bool, string> byKind = names.ToLookup(name => name.Contains("_text_", StringComparison.Ordinal));
        return new Parts([.. byKind[false]], [.. byKind[true].Select(WindowOf)], TimeProvider.System.GetTimestamp());
    }

    // audit_record_2026_11_text_01_28: the days from the first to the 28th, inclusive.
    private static StoreWindow WindowOf(string index)
    {
        string[] parts = index.Split('_');
        return new StoreWindow(DayOf(parts, 5), DayOf(parts, 6) + (TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond));
    }

    private static long DayOf(string[] parts, int day) => StoreTime.MicrosecondsOf(
        DateTimeOffset.ParseExact($"{parts[2]}-{parts[3]}-{parts[day]}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private sealed record Parts(IReadOnlyList<string> Partitions, IReadOnlyList<StoreWindow> Texts, long Read);
}
