using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling;
using EzAudit.Spooling.Entries;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit recover</c>, as a process.</summary>
[TestClass]
public sealed class RecoverTests
{
    private const string First = "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nOrder ID: 5\n\n";
    private const string Second = "[ Nov 21 2026 08:00:00 ] [10.0.0.9] [admin:14]\nOrder ID: 6\n\n";
    private const string Settings = """
        [AuditSettings]
        Audit=enabled
        AuditFileNames[order-delete]=order_delete.log
        AuditFileNames[audit-recover]=audit.log
        [FunctionDefaults]
        Fallback[]=spill
        [Target-spill]
        Type=file
        Directory=var/spill

        """;

    [TestMethod]
    public void RecordsOfAFallbackFileAreImportedIntoTheirLogFileAndThatIsRecorded()
    {
        using var site = new ToolSite(Settings);
        site.Log("order_delete.log", First);
        string spill = site.Root.Write("var/spill/order_delete.log", Second + Second);

        Assert.AreEqual($"{spill}: 120 bytes for {site.Root["var/log/audit/order_delete.log"]}\n", site.Run("recover", "--dry-run").Expect());
        Assert.AreEqual($"{spill}: 2 records moved to {site.Root["var/log/audit/order_delete.log"]}, on disk\n", site.Run("recover").Expect());

        Assert.AreEqual(First + Second + Second, site.Root.Read("var/log/audit/order_delete.log"));
        Assert.IsEmpty(Directory.GetFiles(site.Root["var/spill"]));
        ReadBack read = ReadBack.Of(site.Root["var/log/audit/audit.log"]);
        AuditRecord record = read.Records.Single().Record;
        Assert.AreEqual(spill, record["File"]);
        Assert.AreEqual("2", record["Records"]);
        Assert.AreEqual("Nothing to recover.\n", site.Run("recover").Expect(1));
    }

    [TestMethod]
    public void RefusedRecordsGoBackIntoTheSpoolOfTheirTargetAndThatIsRecorded()
    {
        using var site = new ToolSite(Settings + "[Function-order-delete]\nTargets[]=file\nTargets[]=hook\n[PluginSettings]\nPlugins[]=EzAudit.Plugins\n[Target-hook]\nType=webhook\nUrl=http://localhost:9/\n");
        var letters = new DeadLetterFile(site.Root["var/spool/audit/hook"]);
        var entry = new ArrayBufferWriter<byte>();
        EntryFormat.Write(new AuditRecordView(new AuditFunction { Name = "order-delete" }, TestClock.Start, "host", new AuditActor("admin", "14"), [("Order ID", 5)]), entry);
        entry.Write("x\n"u8);
        var id = new AuditRecordId("host/app", "0123456789abcdef", 7);
        letters.Add(new DeadLetter(id, "too large", entry.WrittenSpan.ToArray()));
        File.AppendAllText(letters.FilePath, "{\"id\":\"torn");

        Assert.AreEqual($"{letters.FilePath}: 1 record for target hook\n", site.Run("recover", "--dry-run").Expect());
        ToolRun run = site.Run("recover", letters.FilePath);
        Assert.AreEqual((0, $"{letters.FilePath}: 1 record put back into the spool of target hook; the application sends it, now or at its next start\n"), (run.ExitCode, run.Output));

        Assert.IsFalse(File.Exists(letters.FilePath));
        // A line that is no record is not thrown away.
        Assert.AreEqual("\n{\"id\":\"torn", File.ReadAllText(letters.FilePath + ".unreadable.1")[^12..]);
        Assert.IsTrue(SpoolFolder.TryAdopt(site.Root["var/spool/audit/hook"], out SpoolFolder? folder));
        using var spool = new SpoolRun(folder, end: null, _ => { });
        Assert.IsTrue(spool.TryRead(out ReadOnlySpan<byte> record));
        Assert.AreEqual((id.Origin, id.Run, id.Number), (spool.Header.Origin, spool.Header.Run, spool.Number));
        Assert.AreEqual("5", EntryFormat.Read(record)["Order ID"]);
        Assert.AreEqual("1", ReadBack.Of(site.Root["var/log/audit/audit.log"]).Records.Single().Record["Records"]);
    }

    [TestMethod]
    public void WhatIsNotARecordIsKept()
    {
        using var site = new ToolSite(Settings);
        string spill = site.Root.Write("var/spill/order_delete.log", First + "torn in the midd");

        ToolRun run = site.Run("recover");

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual(First, site.Root.Read("var/log/audit/order_delete.log"));
        Assert.AreEqual(First + "torn in the midd", site.Root.Read("var/spill/order_delete.log.unreadable.1"));
        Assert.IsFalse(File.Exists(spill));
        StringAssert.EndsWith(run.Errors, $"ezaudit: {spill}.unreadable.1: kept, because it holds incomplete records; the complete ones have been recovered\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AFileThatIsNoFallbackExitsWith2()
    {
        using var site = new ToolSite(Settings);
        site.Log("order_delete.log", First);

        site.Run("recover", "var/log/audit/order_delete.log").ExpectError(
            "var/log/audit/order_delete.log: is not a fallback file of the settings, or is empty; there is nothing to recover");
    }
}
