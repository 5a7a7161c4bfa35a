using EzAudit.Records;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchors that a writer's settings name: built, checked, published to, and part of its health.</summary>
[TestClass]
public sealed class AnchorsOfAWriterTests
{
    private const string Sealed = $"{AuditSite.Enabled}[SealSettings]\nSeal=enabled\nKeyDir=keys\n";

    [TestMethod]
    public void TheMaintenanceThreadPublishesWhatIsOffered()
    {
        using AuditSite site = Site("Anchors[]=disk\n[Anchor-disk]\nType=file\nPath=checkpoints\n");
        PublisherOf(site).Offer(SomeCheckpoints.Of(3));

        Until.True(() => File.Exists(site.Root["checkpoints"]) && File.ReadAllText(site.Root["checkpoints"]).Contains("\n3\n", StringComparison.Ordinal), "it is published");
        Assert.AreEqual(AuditHealthState.Healthy, HealthOf(site, "disk").State);
    }

    [TestMethod]
    public void AnOutageOfAnAnchorIsInHealthAndInTheLog()
    {
        var log = new FakeLoggerFactory();
        using AuditSite site = Site("Anchors[]=disk\n[Anchor-disk]\nType=file\nPath=missing/checkpoints\n", log);
        PublisherOf(site).Offer(SomeCheckpoints.Of(3));

        Until.True(() => HealthOf(site, "disk").State == AuditHealthState.Degraded, "it has failed");
        string problem = $"The checkpoint of size 3 was not published. {site.Root["missing"]}: the directory does not exist. Mount its disk, or create it.";
        Assert.AreEqual(problem, HealthOf(site, "disk").LastError);
        Assert.AreEqual(AuditHealthState.Degraded, site.Writer.Health.State);
        Until.True(() => log.Messages.Contains($"anchor disk: {problem}"), "it is in the log");
    }

    [TestMethod]
    public void AnchorsWithoutKeysNeedNoSection()
    {
        var log = new FakeLoggerFactory();
        using AuditSite site = Site("Anchors[]=log\n", log);
        PublisherOf(site).Offer(SomeCheckpoints.Of(3));

        Until.True(() => log.Messages.Any(message => message.StartsWith("ezaudit-checkpoint example.com/audit 3 ", StringComparison.Ordinal)), "it is in the log");
    }

    [TestMethod]
    public void TheEndOfTheWriterPublishesTheLastCheckpoint()
    {
        using AuditSite site = Site("Anchors[]=disk\nAnchorInterval=24h\n[Anchor-disk]\nType=file\nPath=checkpoints\n");
        AnchorPublisher publisher = PublisherOf(site);
        publisher.Offer(SomeCheckpoints.Of(3));
        Until.True(() => File.Exists(site.Root["checkpoints"]), "the first one is published");
        publisher.Offer(SomeCheckpoints.Of(4));
        site.Writer.Dispose();

        Assert.Contains("\n4\n", File.ReadAllText(site.Root["checkpoints"]));
    }

    [TestMethod]
    public void AWriterWithoutSealingHasNoAnchors()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[SealSettings]\nAnchors[]=log\n");

        Assert.IsEmpty(site.Writer.Services.Sealers.Open);
    }

    [TestMethod]
    [DataRow("[Anchor-a]\nType=file\n", 10, "Path=", "a file, best on another disk")]
    [DataRow("[Anchor-a]\nType=http\nUrl=x\n", 12, "Url=x", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("[Anchor-a]\nType=http\nUrl=https://example.com/a\nTimeout=1d\n", 13, "Timeout=1d", "a time from 1s to 1m, such as 10s")]
    public void AValueThatAnAnchorRefusesStopsTheStart(string section, int line, string found, string expected)
    {
        using AuditSite site = Site($"Anchors[]=a\n{section}");

        var refused = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);

        Assert.AreEqual(new AuditSettingsProblem("settings/audit.ini", line, found, expected), refused.Problems.Single());
    }

    private static AuditSite Site(string lines, FakeLoggerFactory? log = null) => new(Sealed + lines, builder => builder.LoggerFactory = log);

    private static AnchorPublisher PublisherOf(AuditSite site) => site.Writer.Services.Sealers.Open.Single().Anchors;

    private static AuditTargetHealth HealthOf(AuditSite site, string name) => site.Writer.Health.Targets.Single(target => target.Target == $"anchor {name}");
}
