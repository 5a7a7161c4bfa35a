using System.Globalization;
using EzAudit.PostgreSql.Reading;
using EzAudit.Records;

namespace EzAudit.PostgreSql.Verifying;

/// <summary>The months that the store says were dropped. Immutable.</summary>
internal sealed class DroppedMonths
{
    private readonly IReadOnlyList<DroppedMonth> _months;

    public DroppedMonths(StoreSnapshot snapshot) => _months =
    [
        .. snapshot.Query(
                new SqlText().Add("SELECT detail->>'month', detail->>'records', detail->>'reason', role, time FROM ezaudit.store_event WHERE event = 'drop-month' ORDER BY id"),
                reader => DateTimeOffset.TryParseExact(
                    reader.IsDBNull(0) ? "" : reader.GetString(0), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset month)
                    ? new DroppedMonth(month, reader.IsDBNull(1) ? "?" : reader.GetString(1), reader.IsDBNull(2) ? "" : reader.GetString(2), reader.GetString(3), StoreSnapshot.TimeOf(reader, 4))
                    : null)
            .OfType<DroppedMonth>(),
    ];

    /// <summary>Why records from one time to another may be missing; <see langword="null"/> if no month of theirs was dropped.</summary>
    public string? Explain(DateTimeOffset since, DateTimeOffset until) =>
        _months.FirstOrDefault(month => since < month.First.AddMonths(1) && until >= month.First)?.ToString();

    /// <summary>A note for each month.</summary>
    public IEnumerable<AuditFinding> Notes => _months.Select(month => StoreFindings.Of(StoreFindings.MonthDropped, month.ToString()) with { Time = month.Time });

    private sealed record DroppedMonth(DateTimeOffset First, string Records, string Reason, string Role, DateTimeOffset Time)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"the month {First:yyyy-MM}, {Records} records, was dropped by role {Role} at {Time:yyyy-MM-dd'T'HH:mm:ss'Z'}: {Reason}");
    }
}
