using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Space on a small disk is reserved for the functions that must be written.</summary>
[TestClass]
[DoNotParallelize] // Mounts.
public sealed class ReserveTests
{
    private const string Settings = AuditSite.Enabled + """
        AuditFileNames[noise]=noise.log
        AuditFileNames[audit-loss]=audit.log
        [Function-noise]
        OnFailure=continue
        Durability=os
        [DiskSettings]
        LowSpace=0
        CriticalSpace=0
        Reserve=4MiB

        """;

    [TestMethod]
    [DataRow("call")]
    [DataRow("asynchronous call")]
    [DataRow("batch")]
    public async Task AFloodThatMayBeLostLeavesRoomForWhatMustBeWritten(string kind)
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(Settings, builder => builder.LoggerFactory = log);
        using var disk = new SmallDisk(site.Root["var"], "16m");
        string ballast = site.Root.Write("var/ballast", new string('b', 13 << 20));
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        Until.True(() => !site.Writer.WriteAudit("noise"), "the reserve is held");

        for (int i = 0; i < 1000; i++) Assert.IsFalse(await WriteNoise(site.Writer, kind));
        Assert.IsTrue(site.Writer.WriteAudit("user-login"), "What must be written still finds room.");
        Until.True(() => ReportsOf(log) > 0, "it is reported");
        Assert.AreEqual(1, ReportsOf(log), string.Join('\n', log.Messages.Take(5)));
        AuditTargetHealth noise = site.Writer.Health.Targets.Single(target => target.Target == "noise.log");
        Assert.AreNotEqual(AuditHealthState.Healthy, noise.State);
        Assert.IsGreaterThanOrEqualTo(1000, noise.Lost);
        Assert.AreEqual(AuditHealthState.Degraded, site.Writer.Health.Targets.Single(target => target.Target == "login.log").State);

        File.Delete(ballast);
        Until.True(() => site.Writer.WriteAudit("noise"), "it recovers by itself");
        Assert.AreEqual(AuditHealthState.Healthy, site.Writer.Health.State);
        Assert.HasCount(1, site.Records("audit.log"), "The loss is recorded.");
        // Close the site before its disk: open files would hold the mount.
        site.Writer.Dispose();
    }

    private static int ReportsOf(FakeLoggerFactory log) => log.Messages.Count(message => message.Contains("reserve", StringComparison.Ordinal));

    private static async Task<bool> WriteNoise(AuditWriter writer, string kind) => kind switch
    {
        "call" => writer.WriteAudit("noise", ("Text", "much")),
        "asynchronous call" => await writer.WriteAuditAsync("noise", ("Text", "much")),
        _ => writer.WriteAudit([writer.Prepare("noise", ("Text", "much"))!]),
    };
}
