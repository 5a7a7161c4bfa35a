using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Log files that are deleted while they are being written.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class DeletedFileTests
{
    private const string Deleted = "another program deleted it, and the records in it are gone.";

    [TestMethod]
    [Fault(27)]
    public async Task EveryDeletionUnderLoadIsReportedAndANewFileWrittenTo()
    {
        const int deletions = 10;
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n", builder => builder.LoggerFactory = log);
        string path = site.Root[$"{AuditSite.LogDirectory}/login.log"];
        var records = new RecordLog(site);
        Assert.IsNull(records.Write("first", 50));
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; !stop.IsCancellationRequested; i++) Assert.IsNull(records.Write($"{thread}-{i}", 50));
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int i = 0; i < deletions; i++)
        {
            // Deleting an empty file loses no record.
            Assert.IsTrue(SpinWait.SpinUntil(() => new FileInfo(path) is { Exists: true, Length: > 0 } || writers.Any(writer => writer.IsCompleted), TimeSpan.FromSeconds(10)));
            File.Delete(path);
        }
        Assert.IsTrue(SpinWait.SpinUntil(() => File.Exists(path), TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.IsNull(records.Write("last", 50));
        Assert.AreEqual(1, Survey.Of("login.log", site.Root[AuditSite.LogDirectory]).Whole["last"]);
        Assert.AreEqual(deletions, log.Messages.Count(message => message.Contains($"{path}: {Deleted}", StringComparison.Ordinal)));
        AuditTargetHealth health = site.Writer.Health.Targets.Single(target => target.Target == "login.log");
        Assert.AreEqual((AuditHealthState.Healthy, $"{path}: {Deleted}"), (health.State, health.LastError));
    }

    [TestMethod]
    [Fault(27)]
    public void AFileDeletedAndMadeAnewByOthersIsReported()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(AuditSite.Enabled, builder => builder.LoggerFactory = log);
        string path = site.Root[$"{AuditSite.LogDirectory}/login.log"];
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));
        File.Delete(path);
        site.Root.Write($"{AuditSite.LogDirectory}/login.log", "");

        WriteUntil(site, () => site.Has("login.log") && site.Read("login.log").Length > 0);

        Assert.Contains($"{path}: {Deleted}", log.Messages);
    }

    [TestMethod]
    [Fault(26, 27)]
    [DataRow("moved away", "MaxFileSize=0")]
    [DataRow("rotated and compressed by another process", "Compress=gzip")]
    [DataRow("rotated and deleted by another process", "KeepFiles=1")]
    public void NothingIsReportedForAFileThatIs(string what, string settings)
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\n{settings}\n", builder => builder.LoggerFactory = log);
        string path = site.Root[$"{AuditSite.LogDirectory}/login.log"];
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));
        File.Move(path, site.Root["elsewhere"]);
        if (what != "moved away")
        {
            site.Root.Write($"{AuditSite.LogDirectory}/login.log", "");
            File.Delete(site.Root["elsewhere"]);
        }

        WriteUntil(site, () => site.Has("login.log") && site.Read("login.log").Length > 0);

        Assert.DoesNotContain("deleted", string.Join('\n', log.Messages));
    }

    // The lease on the old file may last a few more milliseconds, and records written until then go to that file.
    private static void WriteUntil(AuditSite site, Func<bool> arrived) =>
        Assert.IsTrue(SpinWait.SpinUntil(() => site.Writer.WriteAudit("user-login", ("n", 2)) && arrived(), TimeSpan.FromSeconds(10)));
}
