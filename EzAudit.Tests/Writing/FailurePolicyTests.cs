using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.Extensibility;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

[TestClass]
public sealed class FailurePolicyTests
{
    private const string Continue = AuditSite.Enabled + "[FunctionDefaults]\nOnFailure=continue\n";
    private const string WithFallback = AuditSite.Enabled + """
        [FunctionDefaults]
        Fallback[]=spill
        [Target-spill]
        Type=file
        Directory=var/spill

        """;

    [TestMethod]
    public void FailThrows()
    {
        using var site = new AuditSite();
        using (site.Obstruct("login.log")) Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    public void ContinueReturnsFalseAndRecordsTheLossLater()
    {
        using var site = new AuditSite(Continue);
        using (site.Obstruct("login.log"))
        {
            Assert.IsFalse(site.Writer.WriteAudit("user-login", ("User id", 1)));
            site.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.IsFalse(site.Writer.WriteAudit("user-login", ("User id", 2)));
            Assert.AreEqual(2, site.Writer.Health.Targets.Single(target => target.Target == "login.log").Lost);
        }
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 3)));

        AuditRecord[] records = site.Records("login.log");
        Assert.AreEqual("3", records[0]["User id"]);
        Assert.AreEqual("user-login", records[1]["Function"]);
        Assert.AreEqual("2", records[1]["Lost records"]);
        Assert.AreEqual("2007-05-23T14:47:58.0000000+00:00", records[1]["From"]);
        Assert.AreEqual("2007-05-23T14:52:58.0000000+00:00", records[1]["To"]);
        Assert.Contains("EISDIR", records[1]["Reason"]!);
        Assert.AreEqual("ezaudit", records[1].Actor.Login);
        Assert.HasCount(2, records);
        Assert.AreEqual(0, site.Writer.Health.Targets.Single(target => target.Target == "login.log").Lost);
    }

    [TestMethod]
    public void ALossIsPutOnDiskWhateverTheDurabilityOfWhatWasLost()
    {
        var target = new StumblingTarget();
        using var site = new AuditSite(
            AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\nOnFailure=continue\nTargets[]\nTargets[]=own\n[Target-own]\nType=stumbling\n",
            builder => builder.AddPlugin(target));
        Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        CollectionAssert.AreEqual(new[] { "user-login Os", "audit-loss Disk" }, target.Taken);
    }

    [TestMethod]
    public void ALossHasItsOwnFileIfTheSettingsNameOne()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[audit-loss]=audit.log\n[FunctionDefaults]\nOnFailure=continue\n");
        using (site.Obstruct("login.log")) Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        Assert.HasCount(1, site.Records("login.log"));
        Assert.AreEqual("1", site.Records("audit.log").Single()["Lost records"]);
    }

    [TestMethod]
    public void ALossIsRecordedAtTheLatestWhenTheWriterIsClosed()
    {
        using var site = new AuditSite(Continue);
        using (site.Obstruct("login.log")) Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        site.Writer.Dispose();
        Assert.AreEqual("1", site.Records("login.log").Single()["Lost records"]);
    }

    [TestMethod]
    public void AFallbackTakesTheRecordInTheSameForm()
    {
        using var site = new AuditSite(WithFallback);
        using (site.Obstruct("login.log"))
        {
            Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
            AuditTargetHealth health = site.Writer.Health.Targets.Single(target => target.Target == "login.log");
            Assert.AreEqual(AuditHealthState.Degraded, health.State);
            Assert.Contains("EISDIR", health.LastError!);
        }
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 14\n\n", site.Root.Read("var/spill/login.log"));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 15)));
        Assert.AreEqual("15", site.Records("login.log").Single()["User id"]);
        Assert.AreEqual(AuditHealthState.Healthy, site.Writer.Health.State);
    }

    [TestMethod]
    public async Task AFallbackTakesAnAsynchronousRecordToo()
    {
        using var site = new AuditSite(WithFallback);
        using (site.Obstruct("login.log")) Assert.IsTrue(await site.Writer.WriteAuditAsync("user-login", ("User id", 14)));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 14\n\n", site.Root.Read("var/spill/login.log"));
    }

    [TestMethod]
    public void OneTargetsFailureDoesNotAffectTheOthers()
    {
        var plugin = new PluginTests.ListPlugin { Fails = true };
        using var site = new AuditSite(
            AuditSite.Enabled + "[Function-user-login]\nTargets[]=list\nTargets[]=file\n[Target-list]\nType=list\nPrefix=>\n", builder => builder.AddPlugin(plugin));
        Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
        Assert.HasCount(1, site.Records("login.log"));
        Assert.AreEqual(AuditHealthState.Failing, site.Writer.Health.Targets.Single(target => target.Target == "list").State);
        Assert.AreEqual(AuditHealthState.Healthy, site.Writer.Health.Targets.Single(target => target.Target == "login.log").State);
    }

    [TestMethod]
    public void ShutdownEndsTheProcess()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nOnFailure=shutdown\n");
        site.Root.Write("var/log/audit/x", "");
        using ChildProcess child = ChildProcess.Start(nameof(WriteIntoTrouble), site.Root.Path);
        var (exitCode, _, errors) = child.Finish();
        Assert.AreEqual(134, exitCode, "SIGABRT");
        Assert.Contains("EzAudit: OnFailure=shutdown. The record of \"user-login\" was not stored", errors);
    }

    [TestMethod]
    public void ShutdownRecordsItsReason()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[audit-loss]=audit.log\n[FunctionDefaults]\nOnFailure=shutdown\n");
        using ChildProcess child = ChildProcess.Start(nameof(WriteIntoTrouble), site.Root.Path);

        Assert.AreEqual(134, child.Finish().ExitCode, "SIGABRT");

        AuditRecord loss = site.Records("audit.log").Single();
        Assert.AreEqual("user-login 1", $"{loss["Function"]} {loss["Lost records"]}");
        Assert.Contains("EISDIR", loss["Reason"]!);
    }

    [TestMethod]
    public void AFallbackThatIsTheTargetItselfIsRefused()
    {
        using var site = new AuditSite($"""
            [AuditSettings]
            Audit=enabled
            AuditFileNames[user-login]=login.log
            [FunctionDefaults]
            Fallback[]=spill
            [Target-spill]
            Type=file
            Directory={AuditSite.LogDirectory}
            """);

        Assert.AreEqual(
            "settings/audit.ini:3: found a fallback of \"user-login\" that is also its target, login.log, expected another target, ideally on another disk",
            Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer).Problems.Single().ToString());
    }

    [TestMethod]
    [DataRow("fail")]
    [DataRow("continue")]
    public void WhenTheFallbackFailsTooThePolicyHolds(string policy)
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(WithFallback.Replace("Fallback[]", $"OnFailure={policy}\nFallback[]", StringComparison.Ordinal), builder => builder.LoggerFactory = log);
        using (site.Obstruct("login.log"))
        using (new Obstruction(site.Root["var/spill/login.log"]))
        {
            if (policy == "fail") Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
            else Assert.IsFalse(site.Writer.WriteAudit("user-login"));

            Assert.AreEqual(AuditHealthState.Failing, site.Writer.Health.State);
            Assert.IsTrue(site.Writer.Health.Targets.Where(target => target.Target.EndsWith("login.log", StringComparison.Ordinal)).All(target => target.State == AuditHealthState.Failing));
            Assert.AreEqual(policy == "fail" ? 0 : 1, site.Writer.Health.Targets.Single(target => target.Target == "login.log").Lost);
            foreach (string path in new[] { AuditSite.LogDirectory, "var/spill" }) Assert.IsTrue(log.Messages.Any(message => message.Contains(site.Root[$"{path}/login.log"], StringComparison.Ordinal)), path);
        }
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        Assert.AreEqual(policy == "fail" ? 1 : 2, site.Records("login.log").Length);
    }

    [TestMethod]
    [DataRow("fail")]
    [DataRow("continue")]
    public void AFailureThatCannotBeReportedStillFollowsThePolicy(string policy)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nOnFailure={policy}\n", builder => builder.LoggerFactory = new ThrowingLoggerFactory());
        using (site.Obstruct("login.log"))
        {
            if (policy == "fail") Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
            else Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        }
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        Assert.HasCount(policy == "fail" ? 1 : 2, site.Records("login.log"));
    }

    [TestMethod]
    public void StandardErrorOnAFullDiskChangesNothing()
    {
        Needs.Programs("sh");
        using var site = new AuditSite();
        site.Root.Write($"{AuditSite.LogDirectory}/x", "");
        using ChildProcess child = ChildProcess.StartUnder(["sh", "-c", "exec \"$@\" 2>/dev/full", "sh"], nameof(WriteOnCommand), site.Root.Path);
        Assert.AreEqual("ready", child.ReadLine());
        using (new Obstruction(site.Root[$"{AuditSite.LogDirectory}/login.log"]))
        {
            child.Input.WriteLine("write user-login 1 50");
            StringAssert.StartsWith(child.ReadLine(), "failed Open EISDIR False", StringComparison.Ordinal);
        }
        child.Input.WriteLine("write user-login 2 50");
        Assert.AreEqual("stored", child.ReadLine());
    }

    [TestMethod]
    [Fault(59)]
    public void ATargetThatWritesRecordsItselfIsStopped()
    {
        AuditWriter? writer = null;
        var plugin = new EchoPlugin(() => writer!);
        using var site = new AuditSite(AuditSite.Enabled + "[Function-user-login]\nTargets[]=echo\n[Target-echo]\nType=echo\n", builder => builder.AddPlugin(plugin));
        writer = site.Writer;
        var failure = Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
        Assert.Contains("the target wrote an audit record while storing one", failure.Message);
    }

    private sealed class EchoPlugin(Func<AuditWriter> writer) : TargetPlugin("echo")
    {
        public override void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => writer().WriteAudit("user-login");
    }

    /// <summary>Refuses its first record; collects the later ones and the durability requested for them.</summary>
    private sealed class StumblingTarget() : TargetPlugin("stumbling")
    {
        private bool _hasStumbled;

        public List<string> Taken { get; } = [];

        public override void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (!_hasStumbled)
            {
                _hasStumbled = true;
                throw new IOException("stumbled");
            }
            Taken.Add($"{record.Function.Name} {durability}");
        }
    }
}
