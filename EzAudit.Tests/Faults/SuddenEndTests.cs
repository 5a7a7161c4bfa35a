using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>The runtime ends the process while it is writing: what was acknowledged is there.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SuddenEndTests
{
    [TestMethod]
    [Fault(8)]
    [DataRow("failfast", "disk")]
    [DataRow("overflow", "os")]
    [DataRow("exception", "os")]
    public async Task WhatWasAcknowledgedSurvivesTheEndOfTheProcess(string way, string durability)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        using (Flood flood = Flood.OfProgram("dotnet", typeof(Flood).Assembly.Location, nameof(EndSuddenly), site.Root.Path, way))
        {
            flood.WaitUntilReady();
            await flood.Run();
            Assert.IsGreaterThan(100, flood.Acknowledged.Count);

            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "successor", 50));

            var tally = new Tally($"{way}, {durability}");
            tally.Add([.. flood.Acknowledged, "successor"], Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), "one run");
            tally.Report();
        }
    }
}
