using EzAudit.Records;
using EzAudit.Tests.Extensibility;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Several records in one call: each is treated like a single one.</summary>
[TestClass]
public sealed class BatchTests
{
    private static readonly string[] Both = ["user-login", "order-delete"];

    [TestMethod]
    [DataRow("disk", false)]
    [DataRow("disk", true)]
    [DataRow("os", false)]
    [DataRow("os", true)]
    [DataRow("queue", false)]
    [DataRow("queue", true)]
    public async Task EachFileHasItsRecordsInTheirOrder(string durability, bool isAsync)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        AuditRecord[] records = [.. Enumerable.Range(0, 40).Select(i => Prepared(site, Both[i % 2], i))];
        Assert.IsTrue(await Write(site, records, isAsync));
        Assert.IsTrue(await Write(site, records, isAsync));
        site.Writer.Flush();
        foreach (string file in new[] { "login.log", "order_delete.log" })
        {
            int[] numbers = [.. Enumerable.Range(0, 20).Select(i => (2 * i) + (file == "login.log" ? 0 : 1))];
            CollectionAssert.AreEqual(numbers.Concat(numbers).ToArray(), Numbers(site, file), file);
        }
    }

    [TestMethod]
    public void TheyKeepTheTimeAndActorOfTheirCreation()
    {
        using var site = new AuditSite();
        AuditRecord record;
        using (AuditContext.Use(new AuditActor("editor", "16"), "10.0.0.7")) record = Prepared(site, "order-delete", 7);
        Assert.IsTrue(site.Writer.WriteAudit([record, record]));
        string once = "[ May 23 2007 14:47:58 ] [10.0.0.7] [editor:16]\nNumber: 7\n\n";
        Assert.AreEqual(once + once, site.Read("order_delete.log"));
    }

    [TestMethod]
    public void NoRecordsMeanNothingToDo()
    {
        using var site = new AuditSite();
        Assert.IsTrue(site.Writer.WriteAudit([]));
        Assert.IsFalse(site.Has("login.log"));
    }

    [TestMethod]
    public void MoreThanOneWriteAcceptsIsWrittenInSeveral()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[RotationSettings]\nMaxFileSize=200KiB\n");
        string text = new('x', 3000);
        AuditRecord[] records = [.. Enumerable.Range(0, 1000).Select(i => site.Writer.Prepare("user-login", ("Number", i), ("Text", text))!)];
        Assert.IsTrue(site.Writer.WriteAudit(records));
        using AuditLogReader log = AuditLogReader.Open(site.Writer);
        Assert.AreEqual(1000, log.Count(AuditQuery.All));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AFailureOfOneFileDoesNotAffectOthersAndSaysWhoseRecordsAreMissing(bool isAsync)
    {
        using var site = new AuditSite();
        AuditRecord[] records = [.. Enumerable.Range(0, 4).Select(i => Prepared(site, Both[i % 2], i))];
        using (site.Obstruct("login.log"))
        {
            var failure = await Assert.ThrowsExactlyAsync<AuditBatchException>(async () => await Write(site, records, isAsync));
            CollectionAssert.AreEqual(new[] { 0, 2 }, failure.Missed.Select(missed => missed.Place).ToArray());
            Assert.AreSame(records[2], failure.Missed[1].Record);
            Assert.AreEqual(("user-login", "EISDIR"), (failure.Missed[0].Failure.Function, failure.Missed[0].Failure.ErrnoName));
            StringAssert.StartsWith(failure.Message, "2 of 4 records were not stored. The first: The record of \"user-login\" was not stored (at Open): ", StringComparison.Ordinal);
        }
        CollectionAssert.AreEqual(new[] { 1, 3 }, Numbers(site, "order_delete.log"));
        Assert.IsFalse(site.Has("login.log"));
    }

    [TestMethod]
    public void EachFunctionHasItsOwnFailurePolicy()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[user-logout]=login.log\n[Function-user-logout]\nOnFailure=continue\n");
        AuditRecord[] records = [Prepared(site, "user-logout", 1), Prepared(site, "user-login", 2), Prepared(site, "user-logout", 3)];
        using (site.Obstruct("login.log"))
        {
            var failure = Assert.ThrowsExactly<AuditBatchException>(() => site.Writer.WriteAudit(records));
            Assert.AreEqual(1, failure.Missed.Single().Place);
        }
        Assert.IsTrue(site.Writer.WriteAudit([records[1]]));
        Assert.AreEqual("2", site.Records("login.log")[1]["Lost records"]);
    }

    [TestMethod]
    public void LossesAreCountedAndRecordedByTheNextRecord()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nOnFailure=continue\n");
        AuditRecord[] records = [.. Enumerable.Range(0, 3).Select(i => Prepared(site, "user-login", i))];
        using (site.Obstruct("login.log")) Assert.IsFalse(site.Writer.WriteAudit(records));
        Assert.IsTrue(site.Writer.WriteAudit(records));
        AuditRecord[] written = site.Records("login.log");
        Assert.HasCount(4, written);
        Assert.AreEqual("3", written[3]["Lost records"]);
    }

    [TestMethod]
    public void QueuedRecordsWaitForTheirFile()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=queue\n");
        AuditRecord[] records = [.. Enumerable.Range(0, 3).Select(i => Prepared(site, "user-login", i))];
        using (site.Obstruct("login.log"))
        {
            Assert.IsTrue(site.Writer.WriteAudit(records));
            Until.True(() => site.Writer.Health.Targets.Single(target => target.Target == "login.log").State == AuditHealthState.Degraded, "the failure shows in health");
        }
        site.Writer.Flush();
        Assert.HasCount(3, site.Records("login.log"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AFallbackAcceptsWhatTheFileDoesNot(bool isAsync)
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nFallback[]=spill\n[Target-spill]\nType=file\nDirectory=var/spill\n");
        AuditRecord[] records = [.. Enumerable.Range(0, 3).Select(i => Prepared(site, "user-login", i))];
        using (site.Obstruct("login.log")) Assert.IsTrue(await Write(site, records, isAsync));
        string[] spilled = [.. site.Root.Read("var/spill/login.log").Split('\n').Where(line => line.StartsWith("Number", StringComparison.Ordinal))];
        CollectionAssert.AreEqual(new[] { "Number: 0", "Number: 1", "Number: 2" }, spilled);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task APluginsTargetHasItsRecordsInTheirOrderBesideTheFile(bool isAsync)
    {
        var plugin = new PluginTests.ListPlugin();
        using var site = new AuditSite(
            AuditSite.Enabled + "AuditFileNames[user-logout]=login.log\n[Function-user-login]\nTargets[]=list\nTargets[]=file\n[Target-list]\nType=list\nPrefix=>\n",
            builder => builder.AddPlugin(plugin));
        string[] functions = ["user-logout", "user-login", "user-logout", "user-login"];
        Assert.IsTrue(await Write(site, [.. functions.Select((function, i) => Prepared(site, function, i))], isAsync));
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, Numbers(site, "login.log"));
        CollectionAssert.AreEqual(new[] { "> user-login [Number: 1] Disk", "> user-login [Number: 3] Disk" }, plugin.Taken.Select(taken => taken[..taken.IndexOf(" [", taken.IndexOf(']', StringComparison.Ordinal), StringComparison.Ordinal)]).ToArray());
    }

    [TestMethod]
    public void RecordsWithoutAFileAreNotWrittenAndTheOthersAre()
    {
        using var site = new AuditSite();
        Assert.IsFalse(site.Writer.WriteAudit([Made("content-move", ("Number", 1)), Made("user-login", ("Number", 2))]));
        CollectionAssert.AreEqual(new[] { 2 }, Numbers(site, "login.log"));
    }

    [TestMethod]
    public void NothingIsWrittenWhenTheCallItselfIsWrong()
    {
        using var site = new AuditSite(AuditSite.Enabled.Replace("=ignore", "=throw", StringComparison.Ordinal));
        AuditRecord right = Made("user-login");
        Assert.ThrowsExactly<ArgumentException>(() => site.Writer.WriteAudit([right, Made("content-move")]));
        Assert.ThrowsExactly<ArgumentException>(() => site.Writer.WriteAudit([right, Made(null)]));
        Assert.ThrowsExactly<ArgumentNullException>(() => site.Writer.WriteAudit([right, null!]));
        Assert.IsFalse(site.Has("login.log"));
    }

    [TestMethod]
    public void LimitsAndRedactionApplyToManualRecords()
    {
        using var site = new AuditSite(AuditSite.Enabled + "MaxFieldBytes=200\n");
        AuditField[] fields = [("Password", "s3kr1t"), ("Text", new string('x', 1000))];
        Assert.IsTrue(site.Writer.WriteAudit([Made("user-login", fields)]));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", fields));
        AuditRecord[] written = site.Records("login.log");
        Assert.AreEqual("[redacted]", written[0]["Password"]);
        Assert.IsLessThanOrEqualTo(200, written[0]["Text"]!.Length);
        CollectionAssert.AreEqual(written[1].Fields.ToArray(), written[0].Fields.ToArray());
    }

    [TestMethod]
    public void AClosedWriterAcceptsNone()
    {
        using var site = new AuditSite();
        AuditRecord record = Prepared(site, "user-login", 1);
        site.Writer.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => site.Writer.WriteAudit([record]));
    }

    private static ValueTask<bool> Write(AuditSite site, AuditRecord[] records, bool isAsync) =>
        isAsync ? site.Writer.WriteAuditAsync(records) : ValueTask.FromResult(site.Writer.WriteAudit(records));

    private static AuditRecord Prepared(AuditSite site, string function, int number) => site.Writer.Prepare(function, ("Number", number))!;

    private static AuditRecord Made(string? function, params AuditField[] fields) => new(Written.Time, "host", new AuditActor("a", "1"), fields, function);

    private static int[] Numbers(AuditSite site, string file) => [.. site.Records(file).Select(record => int.Parse(record["Number"]!, System.Globalization.CultureInfo.InvariantCulture))];
}
