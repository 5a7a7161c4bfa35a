using System.Globalization;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests;

[TestClass]
public sealed class AuditWriterTests
{
    [TestMethod]
    public void ARecordIsInTheFileOfItsFunction()
    {
        using var site = new AuditSite();
        using (AuditContext.Use(new AuditActor("editor", "16"), "127.0.0.1"))
        {
            Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "Removed")));
        }
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [127.0.0.1] [editor:16]\nOrder ID: 7\nComment: Removed\n\n", site.Read("order_delete.log"));
    }

    [TestMethod]
    public void ACatchAllTakesNamesUsedOnceAndNamesUsedRepeatedly()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[AuditSettings]\nAuditFileNames[*]=other.log\n");
        for (int i = 0; i < 1100; i++) Assert.IsTrue(site.Writer.WriteAudit($"made-up-{i}"));
        Assert.IsTrue(site.Writer.WriteAudit("made-up-0"));
        Assert.IsTrue(site.Writer.WriteAudit("made-up-1099"));
        Assert.HasCount(1102 + 1, site.Read("other.log").Split("\n\n"));
    }

    [TestMethod]
    public void WhatACatchAllTakesKeepsItsDefinition()
    {
        using var site = new AuditSite(
            "[AuditSettings]\nAudit=enabled\nAuditFileNames[*]=all.log\n[FunctionDefaults]\nFormat=line\n[Format-line]\nType=pattern\nPattern=%level %event%n\n",
            builder => builder.AddPlugin(new EzPublishPlugin()));
        Assert.IsTrue(site.Writer.WriteAudit("user-failed-login", ("User login", "x")));
        Assert.IsTrue(site.Writer.WriteAudit("made-up"));
        Assert.AreEqual("WARN FailLogIn\nINFO MadeUp\n", site.Read("all.log"));
    }

    [TestMethod]
    public void WhatACatchAllTakesHasItsOwnSection()
    {
        using var site = new AuditSite(
            "[AuditSettings]\nAudit=enabled\nAuditFileNames[*]=all.log\n[FunctionDefaults]\nExtraFields[]=process\n[Function-made-up]\nExtraFields[]\n");
        Assert.IsTrue(site.Writer.WriteAudit("made-up", ("A", 1)));
        Assert.IsTrue(site.Writer.WriteAudit("another"));
        Assert.AreEqual($"A: 1\nAudit function: made-up\n\n[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nProcess id: {Environment.ProcessId}\nAudit function: another\n\n", site.Read("all.log").Split('\n', 2)[1]);
    }

    [TestMethod]
    public void WithoutAContextTheActorIsAnonymousAndTheAddressTheHost()
    {
        using var site = new AuditSite();
        site.Writer.WriteAudit("user-login");
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\n\n", site.Read("login.log"));
    }

    [TestMethod]
    public void ExtraFieldsFollowTheCallersInTheOrderOfTheSettings()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nExtraFields[]=process\nExtraFields[]=trace\nExtraFields[]=session\n");
        using (AuditContext.Use(new AuditActor("editor", "16"), "::1", session: "s-1", trace: "t-2"))
        {
            site.Writer.WriteAudit("user-login", ("User id", 16));
        }
        Assert.AreEqual(
            $"[ May 23 2007 14:47:58 ] [::1] [editor:16]\nUser id: 16\nProcess id: {Environment.ProcessId}\nTrace id: t-2\nSession id: s-1\n\n", site.Read("login.log"));
    }

    [TestMethod]
    public void AnExtraFieldThatTheContextDoesNotHaveIsLeftOut()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[Function-user-login]\nExtraFields[]=session\n");
        site.Writer.WriteAudit("user-login", ("User id", 16));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 16\n\n", site.Read("login.log"));
    }

    [TestMethod]
    public void FieldsMayComeInADictionary()
    {
        using var site = new AuditSite();
        site.Writer.WriteAudit("user-login", new Dictionary<string, object?> { ["User id"] = 14, ["User login"] = null });
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 14\nUser login: \n\n", site.Read("login.log"));
    }

    [TestMethod]
    public async Task AnAsyncCallWritesTheSame()
    {
        using var site = new AuditSite();
        Assert.IsTrue(await site.Writer.WriteAuditAsync("user-login", ("User id", 14)));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [host] [anonymous:10]\nUser id: 14\n\n", site.Read("login.log"));
    }

    [TestMethod]
    public void AFunctionWithoutAFileIsNotWritten()
    {
        using var site = new AuditSite();
        Assert.IsFalse(site.Writer.WriteAudit("content-move", ("Node ID", 1)));
        Assert.IsFalse(Directory.Exists(site.Root["var"]));
    }

    [TestMethod]
    public void TheStarCatchesEveryFunctionNotNamed()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[*]=rest.log\n");
        Assert.IsTrue(site.Writer.WriteAudit("anything at all", ("a", 1)));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("a", 1)));
        Assert.HasCount(1, site.Records("rest.log"));
        Assert.HasCount(1, site.Records("login.log"));
    }

    [TestMethod]
    [Fault(68)]
    public void AnUnknownFunctionIsAnErrorWhereTheSettingsSaySo()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=enabled\nOnUnknownFunction=throw\n");
        var failure = Assert.ThrowsExactly<ArgumentException>(() => site.Writer.WriteAudit("x"));
        StringAssert.StartsWith(failure.Message, "Function \"x\" is written by the application, but AuditFileNames[] of audit.ini names no file for it: nothing is recorded.");
    }

    [TestMethod]
    [Fault(33)]
    [DataRow("")]
    [DataRow("a\nb")]
    [DataRow("a\u2028b")]
    public void AFunctionNameThatIsNoneIsNotWrittenAndReported(string function)
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite("[AuditSettings]\nAudit=enabled\nAuditFileNames[*]=rest.log\n", builder => builder.LoggerFactory = log);
        Assert.IsFalse(site.Writer.WriteAudit(function));
        Assert.IsFalse(site.Has("rest.log"));
        Assert.AreEqual(
            "The application wrote a function with an invalid name, expected 1 to 128 characters, none of them a control character: nothing is recorded.",
            log.Messages.Single());
    }

    [TestMethod]
    [Fault(68)]
    public void AFunctionWithoutAFileIsReportedOnce()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite("[AuditSettings]\nAudit=enabled\n", builder => builder.LoggerFactory = log);
        for (int i = 0; i < 3; i++) Assert.IsFalse(site.Writer.WriteAudit("content-move"));
        Assert.AreEqual(
            "Function \"content-move\" is written by the application, but AuditFileNames[] of audit.ini names no file for it: nothing is recorded.",
            log.Messages.Single());
    }

    [TestMethod]
    public void NothingIsNullButValues()
    {
        using var site = new AuditSite();
        Assert.ThrowsExactly<ArgumentNullException>(() => site.Writer.WriteAudit(null!, ("a", 1)));
        Assert.ThrowsExactly<ArgumentNullException>(() => site.Writer.WriteAudit("user-login", (IEnumerable<KeyValuePair<string, object?>>)null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => site.Writer.WriteAudit("user-login", (null!, 1)));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("a", null)));
    }

    [TestMethod]
    [Fault(51)]
    public void AToStringThatThrowsStillLeavesARecord()
    {
        using var site = new AuditSite();
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14), ("Bad", (object)new Thrower())));
        Assert.AreEqual("[error: Thrower]", site.Records("login.log").Single()["Bad"]);
    }

    [TestMethod]
    [Fault(47)]
    public void ATenMegabyteValueIsCutAndSaysSo()
    {
        using var site = new AuditSite();
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Big", new string('x', 10_000_000)), ("After", 1)));
        AuditRecord record = site.Records("login.log").Single();
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Enumerable.Repeat((byte)'x', 10_000_000).ToArray()));
        Assert.StartsWith("xxxx", record["Big"]);
        Assert.EndsWith($" bytes, sha256={hash}]", record["Big"]);
        Assert.IsInRange((1 << 20) - 96, 1 << 20, record["Big"]!.Length);
        Assert.AreEqual("1", record["After"]);
    }

    [TestMethod]
    public void TenThousandFieldsAreCutToAThousandAndANote()
    {
        using var site = new AuditSite();
        Assert.IsTrue(site.Writer.WriteAudit("user-login", Enumerable.Range(0, 10_000).Select(i => new KeyValuePair<string, object?>($"f{i}", i))));
        AuditRecord record = site.Records("login.log").Single();
        Assert.HasCount(1001, record.Fields);
        Assert.AreEqual("...: [+9000 fields]", record.Fields[^1].ToString());
    }

    [TestMethod]
    public void AnErrorSaysFunctionFileStageAndCause()
    {
        using var site = new AuditSite();
        Assert.IsFalse(site.Writer.WriteAudit("not configured"), "The writer exists before the failure.");
        site.Root.Write("var/log/audit/login.log/in the way", "");
        var failure = Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
        string path = site.Root["var/log/audit/login.log"];
        Assert.AreEqual($"The record of \"user-login\" was not stored (at Open): {path}: opening failed: a directory is in place of the file (EISDIR).", failure.Message);
        Assert.AreEqual("user-login", failure.Function);
        Assert.AreEqual(path, failure.File);
        Assert.AreEqual(AuditWriteStage.Open, failure.Stage);
        Assert.AreEqual("EISDIR", failure.ErrnoName);
        Assert.IsFalse(failure.MayBeStored);
    }

    [TestMethod]
    public void WhatFailedOnceWorksWhenTheCauseIsGone()
    {
        using var site = new AuditSite();
        Assert.IsFalse(site.Writer.WriteAudit("not configured"), "The writer exists before the failure.");
        site.Root.Write("var/log/audit/login.log/in the way", "");
        Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login"));
        Directory.Delete(site.Root["var/log/audit/login.log"], recursive: true);
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        Assert.HasCount(1, site.Records("login.log"));
    }

    [TestMethod]
    [Fault(56)]
    public void AClockThatIsWrongByMillenniaLosesNoRecord()
    {
        foreach (DateTimeOffset time in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            using var site = new AuditSite(configure: builder => builder.TimeProvider = new FakeTimeProvider(time));
            Assert.IsTrue(site.Writer.WriteAudit("user-login"));
            Assert.HasCount(1, site.Records("login.log"));
        }
    }

    [TestMethod]
    public void AClosedWriterThrows()
    {
        using var site = new AuditSite();
        site.Writer.WriteAudit("user-login");
        site.Writer.Dispose();
        site.Writer.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => site.Writer.WriteAudit("user-login"));
        Assert.ThrowsExactly<ObjectDisposedException>(() => site.Writer.Flush());
    }

    [TestMethod]
    public void ManyThreadsLoseNothing()
    {
        using var site = new AuditSite();
        Parallel.For(0, 1000, i => site.Writer.WriteAudit("user-login", ("Number", i)));
        int[] numbers = [.. site.Records("login.log").Select(record => int.Parse(record["Number"]!, CultureInfo.InvariantCulture)).Order()];
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).ToArray(), numbers);
    }

    [TestMethod]
    public void AFunctionThatIsOffAllocatesNothing()
    {
        using var site = new AuditSite();
        Assert.AreEqual(0, Allocation.Of(() => site.Writer.WriteAudit("content-move", ("Node ID", 1), ("Name", "x"), ("Ok", true))));
    }

    [TestMethod]
    public void ARecordAtDurabilityOsAllocatesNothing()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n");
        Assert.AreEqual(0, Allocation.Of(() => site.Writer.WriteAudit("user-login", ("User id", 14), ("User login", "admin"), ("Ok", true), ("Size", 1.5), ("n", 7L))));
    }

    private sealed class Thrower
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    [TestMethod]
    public void ACallerCanAskWhetherAFunctionIsWrittenAndWhetherItMustBe()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[Function-order-delete]\nOnFailure=continue\n");
        Assert.IsTrue(site.Writer.IsEnabled("user-login"));
        Assert.IsTrue(site.Writer.IsRequired("user-login"));
        Assert.IsTrue(site.Writer.IsEnabled("order-delete"));
        Assert.IsFalse(site.Writer.IsRequired("order-delete"));
        Assert.IsFalse(site.Writer.IsEnabled("content-move"));
        Assert.IsFalse(site.Writer.IsRequired("content-move"));
    }
}
