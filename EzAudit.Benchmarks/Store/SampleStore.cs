using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Store;

/// <summary>A store of 24 months: most records are in the month that is being written and in the one before, each up to a million.</summary>
internal sealed class SampleStore(StoreServer server, int records)
{
    public const string Database = "filled";

    private const int Months = 24;
    private const int BatchRecords = 10_000;
    private const int MostInMonth = 1_000_000;
    private static readonly AuditFunction[] Functions =
        [.. new[] { "content-move", "content-edit", "user-login", "user-logout", "order-create" }.Select(name => new AuditFunction { Name = name })];

    private readonly Random _random = new(4711);
    private long _number;

    /// <summary>The start of the current month.</summary>
    public static DateTimeOffset ThisMonth { get; } = MonthOf(TimeProvider.System.GetUtcNow());

    public static DateTimeOffset LastMonth => ThisMonth.AddMonths(-1);

    /// <summary>Fills the store through the target's sender, and does what is done monthly: builds the indexes for text search. Returns the time each took.</summary>
    public async Task FillAsync()
    {
        string connection = server.CreateStore(Database);
        int recent = (int)Math.Min(MostInMonth, records * 0.45);
        await using (var sender = new PostgreSqlSender(new StorePlace(connection)))
        {
            for (int month = Months - 1; month >= 0; month--)
            {
                DateTimeOffset start = ThisMonth.AddMonths(-month);
                DateTimeOffset end = month == 0 ? TimeProvider.System.GetUtcNow() : start.AddMonths(1);
                await FillAsync(sender, month < 2 ? recent : (records - (2 * recent)) / (Months - 2), start, end).ConfigureAwait(false);
            }
        }
        await using (var store = new AuditStore(connection)) await store.IndexTextAsync().ConfigureAwait(false);
        server.Execute(Database, "VACUUM ANALYZE ezaudit.audit_record");
    }

    private async Task FillAsync(PostgreSqlSender sender, int count, DateTimeOffset start, DateTimeOffset end)
    {
        for (int done = 0; done < count; done += BatchRecords)
        {
            AuditEnvelope[] batch = [.. Enumerable.Range(done, Math.Min(BatchRecords, count - done)).Select(i => Next(start + ((end - start) * ((double)i / count))))];
            await sender.SendAsync(new AuditBatch(batch), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private AuditEnvelope Next(DateTimeOffset time)
    {
        int user = _random.Next(500);
        AuditField[] fields =
        [
            ("Node ID", _random.Next(100_000)), ("Old parent node ID", _random.Next(1000)), ("New parent node ID", _random.Next(1000)),
            ("Comment", $"Moved the node to the given node {_random.Next(MostInMonth)}"),
        ];
        AuditFunction function = Functions[_random.Next(Functions.Length)];
        var record = new AuditRecord(
            time, $"10.0.{_random.Next(20)}.{_random.Next(250)}", new AuditActor($"user{user}", (1000 + user).ToString(CultureInfo.InvariantCulture)), fields, function.Name);
        string text = $"[ {time.ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture)} ] [{record.Address}] [{record.Actor.Login}:{record.Actor.Id}]\n"
            + string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\n")) + "\n";
        return new AuditEnvelope(new AuditRecordId("web1/shop", "run1", ++_number), record, function, Encoding.UTF8.GetBytes(text));
    }

    private static DateTimeOffset MonthOf(DateTimeOffset time) => new(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
