using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading;

/// <summary>What a web page reads without blocking a thread.</summary>
[TestClass]
public sealed class AsyncReaderTests : IDisposable
{
    private const int Count = 20_000;

    private readonly AuditSite _site = new(AuditSite.Enabled + "AuditFileNames[audit-read]=audit.log\n");

    public void Dispose() => _site.Dispose();

    [TestMethod]
    [DataRow("classic")]
    [DataRow("json")]
    public async Task ItFindsWhatASearchFindsInBothDirections(string format)
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([Write(format)]);
        var query = new AuditQuery { Fields = [new AuditFieldTest("n", AuditFieldComparison.Contains, "7")] };
        long[] expected = [.. log.Search(query).Select(found => found.Offset)];

        CollectionAssert.AreEqual(expected, await log.SearchAsync(query).Select(found => found.Offset).ToArrayAsync());
        CollectionAssert.AreEqual(expected, await log.SearchBackwardsAsync(query).Select(found => found.Offset).Reverse().ToArrayAsync());
        Assert.IsGreaterThan(1000, expected.Length);
    }

    [TestMethod]
    public async Task AReadingIsOnRecordAndProblemsAreReportedEvenIfOnlyTheLastRecordsAreTaken()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        _site.Writer.WriteAudit("user-login", ("n", 2));
        File.AppendAllText(_site.Root["var/log/audit/login.log"], "rubbish");
        var problems = new List<AuditLogProblem>();
        using AuditLogReader log = AuditLogReader.Open(_site.Writer);

        List<AuditFoundRecord> found;
        using (AuditContext.Use(new AuditActor("auditor", "7")))
            found = await log.SearchBackwardsAsync(new AuditQuery { Functions = ["user-login"] }, new AuditReadOptions { OnProblem = problems.Add }).Take(1).ToListAsync();

        Assert.AreEqual("2", found.Single().Record["n"]);
        Assert.HasCount(1, problems);
        AuditRecord record = _site.Records("audit.log").Single();
        Assert.AreEqual(("auditor", "1"), (record.Actor.Login, record["Records"]));
    }

    [TestMethod]
    public async Task AReadingThatCannotBeRecordedFailsAtItsEnd()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        using AuditLogReader log = AuditLogReader.Open(_site.Writer);
        using IDisposable obstruction = _site.Obstruct("audit.log");

        await Assert.ThrowsExactlyAsync<AuditWriteException>(() => log.SearchAsync(new AuditQuery { Functions = ["user-login"] }).ToListAsync().AsTask());
    }

    [TestMethod]
    public async Task ItIsCanceledAlsoWhereNothingIsFound()
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([Write("classic")]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => log.SearchAsync(new AuditQuery { Texts = ["nowhere"] }, cancellationToken: stop.Token).ToListAsync().AsTask());
        await Assert.ThrowsAsync<OperationCanceledException>(() => log.SearchBackwardsAsync(new AuditQuery { Texts = ["nowhere"] }).ToListAsync(stop.Token).AsTask());
    }

    [TestMethod]
    public void AnInvalidQueryIsRefusedAtTheCall()
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([Write("classic")]);

        Assert.ThrowsExactly<ArgumentException>(() => log.SearchAsync(new AuditQuery { Addresses = ["10.0.0.0/33"] }));
    }

    private string Write(string format) => _site.Root.Write("t.log", string.Concat(Enumerable.Range(0, Count).Select(number => format == "json"
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"time\":\"2026-11-22T14:00:05.0000000Z\",\"function\":\"f\",\"address\":\"a\",\"actor\":{{\"login\":\"u\",\"id\":\"1\"}},\"fields\":[[\"n\",\"{number}\"],[\"pad\",\"{new string('x', 100)}\"]]}}\n")
        : string.Create(CultureInfo.InvariantCulture, $"[ Nov 22 2026 14:00:05 ] [10.0.0.1] [editor:16]\nn: {number}\npad: {new string('x', 100)}\n\n"))));
}
