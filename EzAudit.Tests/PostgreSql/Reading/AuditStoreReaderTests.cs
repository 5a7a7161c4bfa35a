using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql.Reading;

/// <summary>The store gives the answers that log files with the same records give.</summary>
[TestClass]
public sealed class AuditStoreReaderTests
{
    private const int Count = 3000;
    private const string Zone = "Asia/Kathmandu";
    private static readonly DateTimeOffset Start = new(2026, 9, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Functions = ["content-move", "user-failed-login", "user-login", "order_delete", "näher"];
    private static readonly string[] Logins = ["editor", "admin", "editor:16", "éditeur", "a\0b", "\ud800", "%_\\", new string('x', 100), new string('x', 99) + "y"];
    private static readonly string[] Addresses = ["10.0.0.7", "::ffff:10.0.0.7", "10.0.1.7", "2001:db8::1", "2001:DB8:0::1", "web1", "unknown", new string('h', 100)];
    private static readonly string[] Values = 
    [
        "124", "Moved the node", "moved THE node", "a \"quoted\" 100%_\\", "line\nbreak", "é É", "", "\0", "\ud800", @"\u{0}", "failed", "ok", "😀 node",
    ];

    private static StoreDatabase _database = null!;
    private static TempFolder _folder = null!;
    private static AuditStoreReader _store = null!;
    private static AuditLogReader _files = null!;

    [ClassInitialize]
    public static async Task WriteTheSameRecordsAsync(TestContext _)
    {
        _database = new StoreDatabase();
        _folder = new TempFolder();
        AuditEnvelope[] records = [.. Records()];
        string path = _folder.Write("audit.jsonl", string.Concat(records.Select(record => System.Text.Encoding.UTF8.GetString(record.Bytes.Span))));
        await using (var inserter = new RecordInserter(new StorePlace(_database.Writer)))
        {
            foreach (AuditEnvelope[] batch in records.Chunk(500)) await inserter.InsertAsync(batch, default);
        }
        _store = new AuditStoreReader(_database.Reader, timeZone: Zone);
        _files = AuditLogReader.OpenFiles([path], new AuditLogReaderOptions { TimeZone = Zone });
    }

    [ClassCleanup]
    public static void CleanUp()
    {
        _store?.Dispose();
        _files?.Dispose();
        _folder?.Dispose();
        _database?.Dispose();
    }

    public static IEnumerable<object[]> Queries =>
    [
        .. new (string Name, AuditQuery Query)[]
        {
            ("all", AuditQuery.All),
            ("since", new() { Since = Start.AddDays(3.14) }),
            ("until", new() { Until = Start.AddDays(3.14) }),
            ("between", new() { Since = new(2026, 9, 30, 23, 59, 59, TimeSpan.Zero), Until = new(2026, 10, 1, 0, 30, 0, TimeSpan.Zero) }),
            ("to the tick", new() { Since = Start.AddTicks(18_000_000_007), Until = Start.AddTicks(180_000_000_070) }),
            ("function", new() { Functions = ["content-move"] }),
            ("functions", new() { Functions = ["content-move", "näher"] }),
            ("pattern", new() { Functions = ["user-*", "*_delete"] }),
            ("pattern with LIKE's characters", new() { Functions = ["order_*e"] }),
            ("success", new() { Outcome = AuditOutcome.Success }),
            ("failure", new() { Outcome = AuditOutcome.Failure }),
            ("network", new() { Addresses = ["10.0.0.0/24"] }),
            ("network of IPv6", new() { Addresses = ["2001:db8::/32", "web1"] }),
            ("field contains", new() { Fields = [new("Comment", AuditFieldComparison.Contains, "node")] }),
            ("field contains without regard to case", new() { Fields = [new("Comment", AuditFieldComparison.Contains, "MOVED")], IgnoreCase = true }),
            ("field matches", new() { Fields = [new("Comment", AuditFieldComparison.Matches, "^[Mm]oved")] }),
            ("text of a name", new() { Texts = ["Comm"] }),
            ("two texts", new() { Texts = ["oved", "10.0"] }),
            ("text without regard to case", new() { Texts = ["É"], IgnoreCase = true }),
            ("everything", new() { Functions = ["content-move"], Actors = ["editor"], Fields = [new("Comment", AuditFieldComparison.Equals, "124")], Since = Start.AddDays(1) }),
        }.Select(pair => new object[] { pair.Name, pair.Query }),
        .. Logins.Concat(["16", "admin:16", "editor:16:16"]).Select((login, i) => new object[] { $"actor {i}", new AuditQuery { Actors = [login] } }),
        .. Addresses.Append("::FFFF:a00:7").Select((address, i) => new object[] { $"address {i}", new AuditQuery { Addresses = [address] } }),
        .. Values.Select((value, i) => new object[] { $"field {i}", new AuditQuery { Fields = [new("Comment", AuditFieldComparison.Equals, value)] } }),
        .. Values.Select((value, i) => new object[] { $"text {i}", new AuditQuery { Texts = [value] } }),
    ];

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public void AQueryGivesTheSameAnswers(string name, AuditQuery query)
    {
        AuditRecord[] expected = [.. _files.Search(query).Select(found => found.Record)];

        AuditRecord[] found = [.. _store.Search(query).Select(record => record.Record)];
        AuditRecord[] backwards = [.. _store.SearchBackwards(query).Select(record => record.Record)];

        Assert.HasCount(expected.Length, found, name);
        CollectionAssert.AreEqual(expected, found, name);
        CollectionAssert.AreEqual(expected.Reverse().ToArray(), backwards, name);
        Assert.AreEqual(expected.LongLength, _store.Count(query), name);
    }

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public void ASummaryGivesTheSameGroups(string name, AuditQuery query)
    {
        AssertSameGroups(
            name, query, [new(AuditGroupKey.Actor), new(AuditGroupKey.Function), new(AuditGroupKey.Address), new(AuditGroupKey.Day), new(AuditGroupKey.Hour, AuditGroupKey.Function)]);
        AssertSameGroups(name, query, [new(AuditGroupKey.Outcome), new(AuditGroupKey.Field("Comment"))]);
        AssertSameGroups(name, query, [new(AuditGroupKey.Function)]);
    }

    private static void AssertSameGroups(string name, AuditQuery query, AuditGrouping[] groupings)
    {
        AuditSummary expected = _files.Summarize(query, groupings);
        AuditSummary found = _store.Summarize(query, groupings);

        Assert.AreEqual((expected.Count, expected.First, expected.Last), (found.Count, found.First, found.Last), name);
        for (int i = 0; i < groupings.Length; i++)
            CollectionAssert.AreEqual(expected.Groups[i].Select(Describe).ToArray(), found.Groups[i].Select(Describe).ToArray(), $"{name} by {groupings[i].Keys[0].Name}");

        static string Describe(AuditGroup group) => $"{string.Join('|', group.Keys)} {group.Count} {group.First:O} {group.Last:O}";
    }

    [TestMethod]
    public void AMistakeInTheQueryShowsAtTheCall()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _store.Search(new AuditQuery { Addresses = ["10.0.0.0/99"] }));
        Assert.ThrowsExactly<ArgumentException>(() => _store.Search(new AuditQuery { Fields = [new("a", AuditFieldComparison.Matches, "(")] }));
    }

    [TestMethod]
    public void AFoundRecordHasItsBytesAndItsOrigin()
    {
        AuditFoundRecord found = _store.SearchBackwards(AuditQuery.All).First();

        Assert.AreEqual($"{_database.Place} web1/shop/run1", found.File.Path);
        Assert.AreEqual(Count, found.Offset);
        StringAssert.StartsWith(System.Text.Encoding.UTF8.GetString(found.Bytes.Span), "{\"time\":\"");
    }

    [TestMethod]
    public async Task NewRecordsAreFollowedWhateverTheirTimesAreAsync()
    {
        using var database = new StoreDatabase();
        using var store = new AuditStoreReader(database.Reader);
        await using var inserter = new RecordInserter(new StorePlace(database.Writer));
        AuditEnvelope[] records = [.. Records().Take(200)];
        await inserter.InsertAsync(records[100..], default);
        using var stop = new CancellationTokenSource();
        var numbers = new List<long>();

        await foreach (AuditFoundRecord found in store.FollowAsync(AuditQuery.All, last: 2, cancellationToken: stop.Token))
        {
            numbers.Add(found.Offset);
            // Older than all that is there.
            if (numbers.Count == 2) await inserter.InsertAsync(records[..50], default);
            if (numbers.Count == 52) await inserter.InsertAsync(records[50..100], default);
            if (numbers.Count == 102) await stop.CancelAsync();
        }

        CollectionAssert.AreEqual(new[] { 199L, 200L }.Concat(Enumerable.Range(1, 100).Select(number => (long)number)).ToArray(), numbers);
    }

    [TestMethod]
    public void ARoleWithoutRightsIsNamed()
    {
        using var store = new AuditStoreReader(_database.Writer);

        AuditStoreException failure = Assert.ThrowsExactly<AuditStoreException>(() => store.Count(AuditQuery.All));

        StringAssert.StartsWith(failure.Message, $"{_database.Place}: role {_database.WriterRole} lacks rights: permission denied for table audit_record.");
    }

    // Combinations that have nothing in common but chance, over a month's end, in the order of time.
    private static IEnumerable<AuditEnvelope> Records()
    {
        var random = new Random(2014);
        for (int i = 0; i < Count; i++)
        {
            List<AuditField> fields = [("Node ID", random.Next(50)), ("Comment", Pick(Values))];
            if (random.Next(3) == 0) fields.Add(("Comment", Pick(Values)));
            if (random.Next(5) == 0) fields.Add(("Status", Pick(Values)));
            string function = Pick(Functions);
            var record = new AuditRecord(
                Start.AddTicks(i * 3_600_000_007L), Pick(Addresses), new AuditActor(Pick(Logins), random.Next(3) == 0 ? "16" : "14"), [.. fields], function,
                random.Next(2) == 0 ? null : "session", random.Next(2) == 0 ? null : "trace");
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            var definition = new AuditFunction { Name = function };
            new EzAudit.Formats.Json.JsonFormat().Write(new AuditRecordView(definition, record.Time, record.Address, record.Actor, [.. fields], record.Session, record.Trace), output);
            yield return new AuditEnvelope(new AuditRecordId("web1/shop", "run1", i + 1), record, definition, output.WrittenMemory);
        }

        string Pick(string[] texts) => texts[random.Next(texts.Length)];
    }
}
