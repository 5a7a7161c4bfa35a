using EzAudit.Records;
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
