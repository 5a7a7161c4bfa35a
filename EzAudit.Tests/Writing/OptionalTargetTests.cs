using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Several targets of one function, some of which may miss a record.</summary>
[TestClass]
public sealed class OptionalTargetTests
{
    private const string Settings = AuditSite.Enabled + """
        [Function-user-login]
        Targets[]=file
        Targets[]=list
        [Target-list]
        Type=list
        Prefix=>
        Required=no

        """;

    [TestMethod]
    public void ARecordThatAnOptionalTargetMissesIsWrittenAndItsLossCounted()
    {
        var plugin = new SwitchPlugin { Fails = true };
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(plugin));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 1)));
        Assert.HasCount(1, site.Records("login.log"));
        AuditTargetHealth health = site.Writer.Health.Targets.Single(target => target.Target == "list");
        Assert.AreEqual(AuditHealthState.Failing, health.State);
        Assert.AreEqual(1, health.Lost);
        plugin.Fails = false;
    }

    [TestMethod]
    public async Task TheSameHoldsForAnAsynchronousCall()
    {
        var plugin = new SwitchPlugin { Fails = true };
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(plugin));
        Assert.IsTrue(await site.Writer.WriteAuditAsync("user-login", ("User id", 1)));
        Assert.AreEqual(1, site.Writer.Health.Targets.Single(target => target.Target == "list").Lost);
        plugin.Fails = false;
    }

    [TestMethod]
    public void ItsLossIsRecordedWhenItStoresAgain()
    {
        var plugin = new SwitchPlugin { Fails = true };
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(plugin));
        site.Writer.WriteAudit("user-login", ("User id", 1));
        site.Writer.WriteAudit("user-login", ("User id", 2));
        plugin.Fails = false;
        site.Writer.WriteAudit("user-login", ("User id", 3));

        AuditRecord[] records = site.Records("login.log");
        Assert.HasCount(4, records);
        Assert.AreEqual("2", records[3]["Lost records"]);
        Assert.AreEqual("The record of \"user-login\" was not stored (at Target): the store is full", records[3]["Reason"]);
        CollectionAssert.AreEqual(new[] { "user-login", "audit-loss" }, plugin.Taken);
        Assert.AreEqual(0, site.Writer.Health.Targets.Single(target => target.Target == "list").Lost);
    }

    [TestMethod]
    public void ItsLossIsRecordedAtTheLatestWhenTheWriterIsClosed()
    {
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(new SwitchPlugin { Fails = true }));
        site.Writer.WriteAudit("user-login", ("User id", 1));
        site.Writer.Dispose();
        Assert.AreEqual("1", site.Records("login.log")[1]["Lost records"]);
    }

    [TestMethod]
    public void AFallbackOfAnotherTypeTakesWhatARequiredTargetDoesNot()
    {
        string settings = Settings.Replace("Targets[]=file\n", "Fallback[]=file\n", StringComparison.Ordinal).Replace("Required=no", "Required=yes", StringComparison.Ordinal);
        var plugin = new SwitchPlugin();
        using var site = new AuditSite(settings, builder => builder.AddPlugin(plugin));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 1)));
        Assert.IsFalse(site.Has("login.log"));
        plugin.Fails = true;
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 2)));
        Assert.AreEqual("2", site.Records("login.log").Single()["User id"]);
    }

    [TestMethod]
    public void AFunctionNeedsARequiredTarget()
    {
        using var site = new AuditSite(Settings.Replace("Targets[]=file\n", "", StringComparison.Ordinal), builder => builder.AddPlugin(new SwitchPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual(
            "settings/audit.ini:4: found only targets with Required=no for \"user-login\", expected at least one required target",
            failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void RequiredIsYesOrNo()
    {
        using var site = new AuditSite(Settings.Replace("Required=no", "Required=maybe", StringComparison.Ordinal), builder => builder.AddPlugin(new SwitchPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual("settings/audit.ini:12: found \"maybe\", expected \"yes\" or \"no\"", failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void HealthShowsATargetsFailureAndItsPendingRecords()
    {
        var plugin = new SwitchPlugin { Trouble = "found the server away" };
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(plugin));
        AuditTargetHealth health = site.Writer.Health.Targets.Single(target => target.Target == "list");
        Assert.AreEqual(AuditHealthState.Degraded, health.State);
        Assert.AreEqual("found the server away", health.LastError);
        Assert.AreEqual(7, health.QueuedBytes);
    }

    [TestMethod]
    public void ABadArrayEntryIsReportedWithItsPlace()
    {
        using var site = new AuditSite(Settings + "Levels[user-login]=loud\n", builder => builder.AddPlugin(new SwitchPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual("settings/audit.ini:13: found Levels[user-login]=loud, expected quiet", failure.Problems.Single().ToString());
    }

    private sealed class SwitchPlugin() : TargetPlugin("list"), IAuditTarget
    {
        public List<string> Taken { get; } = [];

        public bool Fails { get; set; }

        public string? Trouble { get; init; }

        public long QueuedBytes => 7;

        public override void Register(AuditRegistry registry) => registry.AddTarget("list", ["Prefix", "Levels"], settings =>
        {
            foreach (var (function, level) in settings.GetMap("Levels"))
            {
                if (level != "quiet") throw new AuditComponentSettingsException("Levels", "quiet", function);
            }
            return this;
        });

        public override void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (Fails) throw new AuditTargetException("the store is full");
            Taken.Add(record.Function.Name);
        }
    }
}
