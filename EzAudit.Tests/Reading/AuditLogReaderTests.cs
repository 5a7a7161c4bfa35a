using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading;

/// <summary>Lists the files of a log and queries them.</summary>
[TestClass]
public sealed class AuditLogReaderTests : IDisposable
{
    private readonly AuditSite _site = new(AuditSite.Enabled + """
        AuditFileNames[content-move]=order_delete.log
        [Function-user-login]
        Targets[]=file
        Targets[]=second
        [Target-second]
        Type=file
        Directory=elsewhere
        [RotationSettings]
        MaxFileSize=1
        """);

    public void Dispose() => _site.Dispose();

    [TestMethod]
    public void FilesAreThoseOfTheSettingsWithTheRotatedOnesBeforeThem()
    {
        Write("user-login", "anna", "7", 3);
        Write("order-delete", "anna", "7", 1);
        using AuditLogReader log = AuditLogReader.Open(_site.Root.Path);

        CollectionAssert.AreEqual(
            new[]
            {
                "elsewhere/login.log.2007-05-23.1 user-login True",
                "elsewhere/login.log.2007-05-23.2 user-login True",
                "elsewhere/login.log user-login False",
                "var/log/audit/login.log.2007-05-23.1 user-login True",
                "var/log/audit/login.log.2007-05-23.2 user-login True",
                "var/log/audit/login.log user-login False",
                "var/log/audit/order_delete.log order-delete,content-move False",
            },
            log.FindFiles().Select(file => $"{Path.GetRelativePath(_site.Root.Path, file.Path)} {string.Join(',', file.Functions)} {file.IsRotated}").ToArray());
    }

    [TestMethod]
    public void RecordsOfAllFilesAreReadInTimeOrder()
    {
        for (int i = 0; i < 3; i++)
        {
            Write("order-delete", "anna", "7", 1);
            Write("content-move", "bert", "8", 1);
        }
        using AuditLogReader log = AuditLogReader.Open(_site.Root.Path);
        CollectionAssert.AreEqual(new[] { "anna", "bert", "anna", "bert", "anna", "bert" }, log.Search(AuditQuery.All).Select(found => found.Record.Actor.Login).ToArray());
        Assert.AreEqual(3, log.Count(new AuditQuery { Actors = ["bert"] }));
    }

    [TestMethod]
    public void RecordsAreCountedInGroups()
    {
        Write("user-login", "anna", "7", 2);
        Write("order-delete", "bert", "8", 1);
        using AuditLogReader log = AuditLogReader.Open(_site.Root.Path);
        AuditSummary summary = log.Summarize(AuditQuery.All, [new AuditGrouping(AuditGroupKey.Actor), new AuditGrouping(AuditGroupKey.Function, AuditGroupKey.Day)]);
        Assert.AreEqual(5, summary.Count);
        CollectionAssert.AreEqual(new[] { "anna:7 4", "bert:8 1" }, summary.Groups[0].Select(TextOf).ToArray());
        CollectionAssert.AreEqual(new[] { "user-login/2007-05-23 4", "/2007-05-23 1" }, summary.Groups[1].Select(TextOf).ToArray());
    }

    [TestMethod]
    public void SomeOfItsFilesAreReadAsItsSettingsSay()
    {
        Write("user-login", "anna", "7", 3);
        using AuditLogReader log = AuditLogReader.Open(_site.Root.Path);
        string rotated = _site.Root["var/log/audit/login.log.2007-05-23.1"];
        string foreign = _site.Root.Write("copy.log", File.ReadAllText(rotated));

        Assert.IsTrue(log.Contains(rotated));
        Assert.IsTrue(log.Contains(_site.Root["elsewhere/login.log"]));
        Assert.IsFalse(log.Contains(foreign));
        using AuditLogReader some = log.Only([rotated, foreign]);
        CollectionAssert.AreEqual(new[] { "user-login", null }, some.Search(AuditQuery.All).Select(found => found.Function).ToArray());
    }

    private static string TextOf(AuditGroup group) => $"{string.Join('/', group.Keys)} {group.Count}";

    private void Write(string function, string login, string id, int count)
    {
        using IDisposable context = AuditContext.Use(new AuditActor(login, id), "10.0.0.1");
        for (int i = 0; i < count; i++)
        {
            _site.Writer.WriteAudit(function, ("n", i));
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
