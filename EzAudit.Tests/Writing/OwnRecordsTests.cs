using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

[TestClass]
public sealed class OwnRecordsTests
{
    private const string Recorded = AuditSite.Enabled + """
        AuditFileNames[audit-start]=audit.log
        AuditFileNames[audit-stop]=audit.log
        AuditFileNames[audit-config-change]=audit.log

        """;

    [TestMethod]
    public void StartAndStopAreRecordedWhereTheSettingsSaySo()
    {
        using var site = new AuditSite(Recorded);
        site.Writer.Dispose();
        AuditRecord[] records = site.Records("audit.log");
        Assert.HasCount(2, records);
        Assert.AreEqual("host", records[0]["Host"]);
        Assert.AreEqual(64, records[0]["Settings"]!.Length);
        Assert.AreEqual(new AuditActor("ezaudit", $"{Environment.ProcessId}"), records[1].Actor);
    }

    [TestMethod]
    [Fault(66)]
    public void SwitchingAuditOffIsRecordedByTheSettingsThatGo()
    {
        using var site = new AuditSite(Recorded);
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        string digest = site.Records("audit.log").Single()["Settings"]!;
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=disabled\n");
        Assert.IsTrue(SpinWait.SpinUntil(() => !site.Writer.WriteAudit("user-login"), TimeSpan.FromSeconds(30)));
        AuditRecord change = site.Records("audit.log")[1];
        Assert.AreEqual("enabled -> disabled", change["Audit"]);
        Assert.AreEqual(digest, change["Old settings"]);
        Assert.AreNotEqual(digest, change["New settings"]);
        Assert.AreEqual("settings/audit.ini, settings/override/audit.ini", change["Files"]);
    }

    [TestMethod]
    public void RotationsAndDeletionsAreRecordedWhereTheSettingsSaySo()
    {
        using var site = new AuditSite(AuditSite.Enabled + """
            AuditFileNames[audit-rotate]=audit.log
            AuditFileNames[audit-delete]=audit.log
            [Rotation-login.log]
            MaxFileSize=1
            Naming=dated
            KeepFiles=1
            """);
        for (int i = 0; i < 4; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Number", i)));
        site.Writer.Dispose();

        CollectionAssert.AreEquivalent(
            new[]
            {
                "login.log -> login.log.2007-05-23.1", "login.log -> login.log.2007-05-23.2", "login.log -> login.log.2007-05-23.3",
                "login.log.2007-05-23.1 -> ", "login.log.2007-05-23.2 -> ",
            },
            site.Records("audit.log").Select(record => $"{record["File"]} -> {record["New name"]}").ToArray());
    }

    [TestMethod]
    public void ADeletionIsReportedIfNoFileIsNamedForIt()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(AuditSite.Enabled + "[RotationSettings]\nMaxFileSize=1\nKeepFiles=1\n", builder => builder.LoggerFactory = log);
        for (int i = 0; i < 4; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Number", i)));
        site.Writer.Dispose();

        foreach (int number in new[] { 1, 2 })
        {
            Assert.Contains(
                $"login.log.2007-05-23.{number}: deleted according to KeepFiles and KeepDays; to record this, set AuditFileNames[audit-delete].", log.Messages);
        }
    }

    [TestMethod]
    public void TheStarDoesNotCatchThem()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[*]=rest.log\n");
        site.Writer.Dispose();
        Assert.IsFalse(site.Has("rest.log"));
    }
}
