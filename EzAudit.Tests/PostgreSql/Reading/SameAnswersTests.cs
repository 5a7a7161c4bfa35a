using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;
using EzAudit.Records;
using EzAudit.Tests.Cli;
using EzAudit.Tests.Faults;

namespace EzAudit.Tests.PostgreSql.Reading;

/// <summary>Generated queries have the same answers from the store and from a log file; a million records with <c>EZAUDIT_FAULTS=long</c>.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
public sealed class SameAnswersTests
{
    private const string Zone = "Australia/Lord_Howe";
    private const int Most = 500;
    private static readonly int Count = FaultForm.Choose(20_000, 1_000_000);
    private static readonly int Queries = FaultForm.Choose(60, 500);

    private static readonly AuditGrouping[] Groupings =
    [
        new(AuditGroupKey.Function), new(AuditGroupKey.Actor), new(AuditGroupKey.Address), new(AuditGroupKey.Day), new(AuditGroupKey.Hour, AuditGroupKey.Actor),
        new(AuditGroupKey.Outcome), new(AuditGroupKey.Field("Comment")),
    ];

    private static StoreDatabase _database = null!;
    private static ToolSite _site = null!;
    private static AuditStoreReader _store = null!;
    private static AuditLogReader _files = null!;

    [ClassInitialize]
    public static async Task WriteTheSameRecordsAsync(TestContext _)
    {
        _database = new StoreDatabase();
        // Without audit-read, which the tool would add to the file.
        string[] functions = ["content-move", "content-edit", "user-login", "user-failed-login", "order-delete"];
        _site = new ToolSite($"""
            [AuditSettings]
            Audit=enabled
            {string.Join('\n', functions.Select(function => $"AuditFileNames[{function}]=audit.log"))}
            [FunctionDefaults]
            Format=json
            [PluginSettings]
            Plugins[]=EzAudit.Plugins
            """);
        string path = _site.Log("audit.log", "");
        await using (var file = new FileStream(path, FileMode.Open))
        await using (var sender = new PostgreSqlSender(new StorePlace(_database.Writer)))
        {
            foreach (AuditEnvelope[] batch in SameRecords.Of(Count).Chunk(5000))
            {
                foreach (AuditEnvelope record in batch) await file.WriteAsync(record.Bytes);
                await sender.SendAsync(new AuditBatch(batch), default);
            }
        }
        // The first month as a whole, and days of the second: every kind of part is searched.
        await using (var store = new AuditStore(_database.Owner)) await store.IndexTextAsync(new DateOnly(2026, 10, 7), includeCurrent: false, default);
        _database.Execute("ANALYZE ezaudit.audit_record");
        _store = new AuditStoreReader(_database.Reader, timeZone: Zone);
        _files = AuditLogReader.OpenFiles([path], new AuditLogReaderOptions { TimeZone = Zone });
    }

    [ClassCleanup]
    public static void CleanUp()
    {
        _store?.Dispose();
        _files?.Dispose();
        _site?.Dispose();
        _database?.Dispose();
    }

    [TestMethod]
    public void AllRecordsAreTheSame() => AssertSame(_files.Search(AuditQuery.All), _store.Search(AuditQuery.All), "all");

    [TestMethod]
    public void GeneratedQueriesFindTheSameRecords() => ForEachQuery((query, seed) =>
    {
        AssertSame(_files.Search(query), _store.Search(query), "forwards");
        AssertSame(_files.SearchBackwards(query).Take(Most), _store.SearchBackwards(query).Take(Most), "backwards");
        int limit = 1 + (seed % 70);
        AssertSame(_files.SearchBackwards(query).Take(limit), _store.SearchBackwards(query).Take(limit), $"newest {limit}");
        Assert.AreEqual(_files.Count(query), _store.Count(query), "count");
    });

    [TestMethod]
    public void GeneratedQueriesGiveTheSameSummaries() => ForEachQuery((query, seed) =>
    {
        // Some groupings are counted in PostgreSQL, others by reading the records.
        AuditGrouping[] groupings = [.. Groupings.Where((_, i) => ((seed >> i) & 1) == 0 && (i < 5 || seed % 3 == 0))];
        AuditSummary expected = _files.Summarize(query, groupings);
        AuditSummary found = _store.Summarize(query, groupings);

        Assert.AreEqual((expected.Count, expected.First, expected.Last), (found.Count, found.First, found.Last));
        for (int i = 0; i < groupings.Length; i++)
            CollectionAssert.AreEqual(expected.Groups[i].Select(Describe).ToArray(), found.Groups[i].Select(Describe).ToArray(), groupings[i].Keys[0].Name);
    });

    [TestMethod]
    [DataRow("search")]
    [DataRow("search -o json --until 2026-09-21")]
    [DataRow("search -o csv --actor admin:14 -r -n 100")]
    [DataRow("search -o table --contains node -i -n 200")]
    [DataRow("search --count --outcome failure")]
    [DataRow("search --field Comment=124 --field-matches Status=^[a-z]+$ -o json")]
    [DataRow("search --function user-* --address 10.0.0.0/8 --since 2026-10-01 --until 2026-10-02 -o json")]
    [DataRow("tail -n 30 -o json")]
    [DataRow("show", "Node ID=7")]
    [DataRow("report")]
    [DataRow("report -o json --since 2026-10-01")]
    [DataRow("report objects")]
    [DataRow("report logins -o csv")]
    [DataRow("report --contains node -o json")]
    [DataRow("export -o csv")]
    [DataRow("export -o json --actor editor")]
    public void TheToolPrintsTheSameBytes(string line, params string[] more)
    {
        string[] command = [.. line.Split(' '), .. more];
        ToolRun files = _site.Run(command);
        ToolRun store = _site.Run([.. command, "--store", _database.Reader]);

        Assert.AreEqual(files.Errors, store.Errors);
        Assert.AreEqual(files.ExitCode, store.ExitCode);
        Assert.IsTrue(files.Output == store.Output, Difference(files.Output, store.Output));
        Assert.AreNotEqual("", files.Output);
    }

    private static void ForEachQuery(Action<AuditQuery, int> ask)
    {
        var failures = new List<string>();
        for (int seed = 0; seed < Queries; seed++)
        {
            AuditQuery query = SameRecords.Query(seed, isNarrow: seed % 10 >= FaultForm.Choose(5, 1));
            try
            {
                ask(query, seed);
            }
            catch (Exception failure) when (failure is AssertFailedException or AuditStoreException)
            {
                failures.Add($"{seed}: {failure.Message}\n    {SameRecords.Describe(query)}");
            }
        }
        Assert.IsEmpty(failures, $"{failures.Count} of {Queries}:\n{string.Join('\n', failures.Take(10))}");
    }

    private static void AssertSame(IEnumerable<AuditFoundRecord> expected, IEnumerable<AuditFoundRecord> found, string name)
    {
        using IEnumerator<AuditFoundRecord> other = found.GetEnumerator();
        int count = 0;
        foreach (AuditFoundRecord record in expected)
        {
            Assert.IsTrue(other.MoveNext(), $"{name}: the store has {count} records, expected more");
            Assert.AreEqual(record.Record, other.Current.Record, $"{name}: record {count}");
            Assert.IsTrue(record.Bytes.Span.SequenceEqual(other.Current.Bytes.Span), $"{name}: bytes of record {count}");
            count++;
        }
        Assert.IsFalse(other.MoveNext(), $"{name}: the store has more than {count} records");
    }

    private static string Describe(AuditGroup group) => $"{string.Join('|', group.Keys)} {group.Count} {group.First:O} {group.Last:O}";

    private static string Difference(string expected, string found)
    {
        int at = expected.AsSpan().CommonPrefixLength(found);
        return $"at {at}: expected {Around(expected, at)}\nfound {Around(found, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
}
