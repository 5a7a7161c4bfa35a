using EzAudit.Records;
using EzAudit.Sealing.Notes;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchors that a writer's settings name: built, checked, published to, and part of its health.</summary>
[TestClass]
public sealed class AnchorsOfAWriterTests
{
    private const string Sealed = $"{AuditSite.Enabled}[SealSettings]\nSeal=enabled\nKeyDir=keys\nOrigin=example.com/audit\n";
    private const string OnDisk = "Anchors[]=disk\n[Anchor-disk]\nType=file\nPath=checkpoints\n";

    [TestMethod]
    public void AnAnchorHasACheckpointAsSoonAsThereIsOne()
    {
        using AuditSite site = Site(OnDisk);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        Until.True(() => NotesIn(site.Root["checkpoints"]).Length > 0, "it is published");
        Assert.AreEqual(AuditHealthState.Healthy, HealthOf(site, "disk").State);
        Assert.IsTrue(VerificationKey.TryParse(site.Root.Read("keys/seal.vkey").TrimEnd(), out VerificationKey? key));
        Assert.IsTrue(NotesIn(site.Root["checkpoints"])[0].IsSignedBy(key));
    }

    [TestMethod]
    public void TheEndOfTheWriterPublishesTheLastCheckpoint()
    {
        using AuditSite site = Site(OnDisk);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Until.True(() => NotesIn(site.Root["checkpoints"]).Length > 0, "the first one is published");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 15)));
        site.Writer.Dispose();

        SignedCheckpoint[] notes = NotesIn(site.Root["checkpoints"]);
        Assert.AreEqual(site.Read("ledger/checkpoint"), notes[^1].Note);
        Assert.IsGreaterThan(notes[0].Checkpoint.Size, notes[^1].Checkpoint.Size);
    }

    [TestMethod]
    public void TheEndOfAProcessThatClosesNoWriterPublishesItToo()
    {
        using AuditSite site = Site(OnDisk);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Until.True(() => NotesIn(site.Root["checkpoints"]).Length > 0, "the first one is published");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 15)));
        site.Writer.PrepareForExit(TimeSpan.FromSeconds(10));

        Assert.AreEqual(site.Read("ledger/checkpoint"), NotesIn(site.Root["checkpoints"])[^1].Note);
    }

    [TestMethod]
    public void AnOutageOfAnAnchorIsInHealthAndInTheLog()
    {
        var log = new FakeLoggerFactory();
        using AuditSite site = Site("Anchors[]=disk\n[Anchor-disk]\nType=file\nPath=missing/checkpoints\n", log);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        Until.True(() => HealthOf(site, "disk").State == AuditHealthState.Degraded, "it has failed");
        string problem = $" was not published. {site.Root["missing"]}: the directory does not exist. Mount its disk, or create it.";
        Assert.EndsWith(problem, HealthOf(site, "disk").LastError!);
        Assert.AreEqual(AuditHealthState.Degraded, site.Writer.Health.State);
        Until.True(() => log.Messages.Any(message => message.StartsWith("anchor disk: ", StringComparison.Ordinal) && message.EndsWith(problem, StringComparison.Ordinal)), "it is in the log");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 15)));
    }

    [TestMethod]
    public void AnchorsWithoutKeysNeedNoSection()
    {
        var log = new FakeLoggerFactory();
        using AuditSite site = Site("Anchors[]=log\n", log);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        Until.True(() => log.Messages.Any(message => message.StartsWith("ezaudit-checkpoint example.com/audit ", StringComparison.Ordinal)), "it is in the log");
    }

    [TestMethod]
    public void ALedgerInAnotherDirectoryHasAnotherName()
    {
        using AuditSite site = Site($"{OnDisk}[FunctionDefaults]\nTargets[]=copy\n[Target-copy]\nType=file\nDirectory=copies\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));

        Until.True(() => NotesIn(site.Root["checkpoints"]).Length > 0, "it is published");
        Assert.StartsWith("example.com/audit-", NotesIn(site.Root["checkpoints"])[0].SignerName);
    }

    [TestMethod]
    public void AWriterWithoutSealingHasNoAnchors()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[SealSettings]\nAnchors[]=log\n");

        Assert.DoesNotContain("anchor log", site.Writer.Health.Targets.Select(target => target.Target));
    }

    [TestMethod]
    [DataRow("[Anchor-a]\nType=file\n", 11, "Path=", "a file, best on another disk")]
    [DataRow("[Anchor-a]\nType=http\nUrl=x\n", 13, "Url=x", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("[Anchor-a]\nType=http\nUrl=https://example.com/a\nTimeout=1d\n", 14, "Timeout=1d", "a time from 1s to 1m, such as 10s")]
    public void AValueThatAnAnchorRefusesStopsTheStartAndIsFoundByACheck(string section, int line, string found, string expected)
    {
        using AuditSite site = Site($"Anchors[]=a\n{section}");
        var problem = new AuditSettingsProblem("settings/audit.ini", line, found, expected);

        var refused = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        AuditInspection inspection = AuditInspection.Of(site.Root.Path);

        Assert.AreEqual(problem, refused.Problems.Single());
        Assert.AreEqual(problem, inspection.Problems.Single());
        Assert.IsFalse(site.Has("ledger/000001.ezl"));
        Assert.IsFalse(Directory.Exists(site.Root["keys"]));
    }

    private static AuditSite Site(string lines, FakeLoggerFactory? log = null) => new(Sealed + lines, builder => builder.LoggerFactory = log);

    private static SignedCheckpoint[] NotesIn(string path)
    {
        if (!File.Exists(path)) return [];
        IEnumerable<string> notes = File.ReadAllText(path).Split('\n')[..^1].Chunk(5).Where(lines => lines.Length == 5).Select(lines => string.Concat(lines.Select(line => line + "\n")));
        return [.. notes.Select(note => SignedCheckpoint.TryParse(note, out SignedCheckpoint? checkpoint, out _) ? checkpoint : throw new FormatException(note))];
    }

    private static AuditTargetHealth HealthOf(AuditSite site, string name) => site.Writer.Health.Targets.Single(target => target.Target == $"anchor {name}");
}
