using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading;

/// <summary>Reading with <see cref="AuditLogReader"/> is recorded if the settings name a file for it.</summary>
[TestClass]
public sealed class ReadingRecordTests : IDisposable
{
    private readonly AuditSite _site = new(AuditSite.Enabled + "AuditFileNames[audit-read]=audit.log\n");

    public void Dispose() => _site.Dispose();

    [TestMethod]
    [Fault(75)]
    [DataRow("search", "3")]
    [DataRow("backwards", "3")]
    [DataRow("first", "1")]
    [DataRow("count", "3")]
    [DataRow("summarize", "3")]
    public void EachReadingIsOneRecordOfWhoWhatAndHowMany(string reading, string records)
    {
        for (int i = 0; i < 3; i++) _site.Writer.WriteAudit("user-login", ("n", i));
        using AuditLogReader log = AuditLogReader.Open(_site.Writer);
        var query = new AuditQuery { Functions = ["user-login"], Outcome = AuditOutcome.Success };

        using (AuditContext.Use(new AuditActor("auditor", "7"), "10.0.0.1")) Read(log, query, reading);

        AuditRecord record = _site.Records("audit.log").Single();
        Assert.AreEqual("auditor", record.Actor.Login);
        Assert.AreEqual("audit.log, login.log, order_delete.log", record["Files"]);
        Assert.AreEqual("function user-login; outcome Success", record["Query"]);
        Assert.AreEqual(records, record["Records"]);
    }

    [TestMethod]
    public void ReadingALogOfARootIsRecordedWithoutTheApplicationsWriter()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        using AuditLogReader log = AuditLogReader.Open(_site.Root.Path);

        Assert.AreEqual(1, log.Count(AuditQuery.All));
        Assert.AreEqual(2, log.Count(AuditQuery.All));

        Assert.HasCount(2, _site.Records("audit.log"));
    }

    [TestMethod]
    public void ItCanBeTurnedOffAndIsNotAskedOfOtherFiles()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        using AuditLogReader log = AuditLogReader.Open(_site.Writer, new AuditLogReaderOptions { RecordsReadings = false });
        Assert.AreEqual(1, log.Count(AuditQuery.All));
        using AuditLogReader files = AuditLogReader.OpenFiles([_site.Root["var/log/audit/login.log"]]);
        Assert.AreEqual(1, files.Count(AuditQuery.All));

        Assert.IsFalse(_site.Has("audit.log"));
    }

    [TestMethod]
    public void AReadThatCannotBeRecordedSaysSoAtItsEnd()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        using AuditLogReader log = AuditLogReader.Open(_site.Writer);
        using IDisposable obstruction = _site.Obstruct("audit.log");
        var found = new List<AuditFoundRecord>();

        Assert.ThrowsExactly<AuditWriteException>(() => found.AddRange(log.Search(new AuditQuery { Functions = ["user-login"] })));
    }

    [TestMethod]
    public async Task FollowingIsRecordedAtItsStartAndItsEnd()
    {
        _site.Writer.WriteAudit("user-login", ("n", 1));
        using AuditLogReader log = AuditLogReader.Open(_site.Writer);
        await foreach (AuditFoundRecord _ in log.FollowAsync(new AuditQuery { Functions = ["user-login"] }, last: 1))
        {
            Assert.HasCount(1, _site.Records("audit.log"));
            break;
        }

        CollectionAssert.AreEqual(new[] { "0", "1" }, _site.Records("audit.log").Select(record => record["Records"]).ToArray());
    }

    private static void Read(AuditLogReader log, AuditQuery query, string reading)
    {
        switch (reading)
        {
            case "search": Assert.AreEqual(3, log.Search(query).Count()); break;
            case "backwards": Assert.AreEqual(3, log.SearchBackwards(query).Count()); break;
            case "first": Assert.IsNotNull(log.Search(query).First()); break;
            case "count": Assert.AreEqual(3, log.Count(query)); break;
            default: Assert.AreEqual(3, log.Summarize(query, []).Count); break;
        }
    }
}
