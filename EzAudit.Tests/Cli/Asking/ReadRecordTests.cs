using EzAudit.Records;

namespace EzAudit.Tests.Cli.Asking;

/// <summary>Reading the audit trail is recorded if the settings name a file for it.</summary>
[TestClass]
public sealed class ReadRecordTests
{
    private const string Recording = ToolSite.Enabled + "[AuditSettings]\nAuditFileNames[audit-read]=audit.log\n";

    [TestMethod]
    [Fault(75)]
    [DataRow("2", "search --function user-login")]
    [DataRow("2", "search --count --function user-login")]
    [DataRow("2", "tail --function user-login")]
    [DataRow("2", "report --function user-login")]
    [DataRow("2", "export --function user-login")]
    [DataRow("2", "search var/log/audit/login.log")]
    [DataRow("1", "show Order=7")]
    public void AReadingIsOneRecord(string count, string command)
    {
        using var site = new ToolSite(Recording);
        for (int i = 0; i < 2; i++) site.Log("login.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [anonymous:10]\nUser login: bob\n\n");
        site.Log("order_delete.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [admin:14]\nOrder: 7\n\n");

        site.Run(command.Split(' ')).Expect();

        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
        AuditRecord record = log.Search(new AuditQuery { Functions = ["audit-read"] }).Single().Record;
        Assert.AreEqual(Environment.UserName, record.Actor.Login);
        Assert.AreEqual(command, record["Query"]);
        Assert.AreEqual(count, record["Records"]);
        StringAssert.Contains(record["Files"], "login.log", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ReadingTheRecordsOfReadingsAddsOneEach()
    {
        using var site = new ToolSite(Recording);
        site.Run("search").Expect(1);

        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "audit-read").Expect());
        Assert.AreEqual("2\n", site.Run("search", "--count", "--function", "audit-read").Expect());
    }

    [TestMethod]
    public void AReadThatCannotBeRecordedIsReportedAndStillAnswered()
    {
        using var site = new ToolSite(Recording);
        site.Log("login.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [anonymous:10]\nUser login: bob\n\n");
        Directory.CreateDirectory(site.Root["var/log/audit/audit.log"]);

        ToolRun run = site.Run("search", "--function", "user-login");

        StringAssert.Contains(run.Output, "bob", StringComparison.Ordinal);
        StringAssert.Contains(run.Errors, "audit-read: this read was not recorded: ", StringComparison.Ordinal);
        Assert.AreEqual(2, run.ExitCode);
    }

    [TestMethod]
    public void FilesOutsideATrailAndTrailsWithoutALineWriteNothing()
    {
        using var site = new ToolSite();
        site.Log("login.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [anonymous:10]\nUser login: bob\n\n");
        site.Run("search").Expect();
        Assert.IsFalse(File.Exists(site.Root["var/log/audit/audit.log"]));
        using var recording = new ToolSite(Recording);
        recording.Root.Write("copy.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [anonymous:10]\nUser login: bob\n\n");
        recording.Run("search", "copy.log").Expect();
        Assert.IsFalse(File.Exists(recording.Root["var/log/audit/audit.log"]));
    }
}
