using EzAudit.PostgreSql;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Store;

/// <summary>A question to the store, how EzAudit asks it, and the best SQL for it.</summary>
/// <param name="Name">The question in words.</param>
/// <param name="Limit">The most milliseconds that EzAudit may take.</param>
/// <param name="Ask">Asks it through EzAudit; returns how many records were found.</param>
/// <param name="Sql">The SQL that a person would write who knows the table and its indexes.</param>
internal sealed record StoreQuestion(string Name, int Limit, Func<AuditStoreReader, long> Ask, string Sql)
{
    private const int Newest = 50;
    private const string Columns = "time, ticks, run, number, function, login, actor_id, address, session, trace, fields, bytes";

    public static IReadOnlyList<StoreQuestion> All { get; } =
    [
        OfNewest("newest 50 of all", 30, AuditQuery.All, "true"),
        new StoreQuestion(
            "newest 50 of an actor", 30, Search(new() { Actors = ["user77"] }),
            $"SELECT * FROM (({Rows("left(login, 64) = 'user77' AND login = 'user77'")}) UNION ALL ({Rows("left(actor_id, 64) = 'user77' AND actor_id = 'user77' AND login <> 'user77'")})) f ORDER BY time DESC LIMIT {Newest}"),
        OfNewest("newest 50 of an actor by login and id", 30, new() { Actors = ["user77:1077"] }, "left(login, 64) = 'user77' AND login = 'user77' AND actor_id = '1077'"),
        OfNewest("newest 50 of a function", 30, new() { Functions = ["user-login"] }, "function = 'user-login'"),
        OfNewest("newest 50 of an address", 30, new() { Addresses = ["10.0.7.7"] }, "address_key = '10.0.7.7'"),
        OfNewest("newest 50 of an object, 1 record in 100,000", 30, OfNode("4711"), """fields @> '[{"Node ID": "4711"}]'"""),
        OfNewest("newest 50 of an object, 1 record in 1,000", 30, OfField("Old parent node ID", "77"), """fields @> '[{"Old parent node ID": "77"}]'"""),
        OfNewest("newest 50 of an actor who does not exist", 30, new() { Actors = ["nobody:1"] }, "left(login, 64) = 'nobody' AND login = 'nobody' AND actor_id = '1'"),
        OfText("free text in last month, rare", "given node 12345", SampleStore.LastMonth, SampleStore.ThisMonth),
        OfText("free text in last month, in every record", "Moved", SampleStore.LastMonth, SampleStore.ThisMonth),
        OfText("free text in this month, rare", "given node 12345", SampleStore.ThisMonth, SampleStore.ThisMonth.AddMonths(1)),
        OfReport(),
    ];

    private static StoreQuestion OfNewest(string name, int limit, AuditQuery query, string condition) => new(name, limit, Search(query), Rows(condition));

    private static StoreQuestion OfText(string name, string text, DateTimeOffset since, DateTimeOffset until) => new(
        name, 300, Search(new() { Texts = [text], Since = since, Until = until }),
        Rows($"time >= '{since:O}' AND time < '{until:O}' AND ezaudit.search_text(login, actor_id, address, fields) LIKE '%{text}%'"));

    private static StoreQuestion OfReport()
    {
        var query = new AuditQuery { Since = SampleStore.LastMonth, Until = SampleStore.ThisMonth };
        AuditGrouping[] groupings = [new(AuditGroupKey.Function), new(AuditGroupKey.Actor), new(AuditGroupKey.Address), new(AuditGroupKey.Day), new(AuditGroupKey.Hour)];
        return new StoreQuestion("report over last month: function, actor, address, day, hour", 2000, reader => reader.Summarize(query, groupings).Count, $"""
            SELECT function, login, actor_id, address, date_trunc('day', time), date_trunc('hour', time), count(*), min(ticks), max(ticks) FROM ezaudit.audit_record
            WHERE time >= '{SampleStore.LastMonth:O}' AND time < '{SampleStore.ThisMonth:O}'
            GROUP BY GROUPING SETS ((function), (login, actor_id), (address), (date_trunc('day', time)), (date_trunc('hour', time)), ())
            """);
    }

    private static AuditQuery OfNode(string id) => OfField("Node ID", id);

    private static AuditQuery OfField(string name, string value) => new() { Fields = [new(name, AuditFieldComparison.Equals, value)] };

    private static Func<AuditStoreReader, long> Search(AuditQuery query) => reader => reader.SearchBackwards(query).Take(Newest).Count();

    private static string Rows(string condition) => $"SELECT {Columns} FROM ezaudit.audit_record WHERE {condition} ORDER BY time DESC LIMIT {Newest}";
}
