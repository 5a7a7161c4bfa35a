using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>kill -9 at any moment: every acknowledged record is there and whole, and the next writer's record is separate from a torn one.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class KillTests
{
    private static readonly int[] Sizes = [300, 5_000, 70_000];

    [TestMethod]
    [Fault(1, 2, 61)]
    [DataRow("os", 1)]
    [DataRow("os", 3)]
    [DataRow("disk", 1)]
    [DataRow("disk", 3)]
    public async Task WhatWasAcknowledgedSurvivesAKill(string durability, int processes)
    {
        var tally = new Tally($"kill -9, {durability}, {processes} processes");
        int trials = FaultForm.Choose(8, 250);
        for (int seed = 0; seed < trials; seed++) await Trial(tally, seed, durability, processes);
        tally.Report();
    }

    private static async Task Trial(Tally tally, int seed, string durability, int processes)
    {
        var random = new Random(seed);
        int size = Sizes[seed % Sizes.Length];
        bool rotates = random.Next(3) == 0;
        string trial = $"seed {seed}, {size} bytes{(rotates ? ", rotating" : "")}";
        using var site = new AuditSite(
            $"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n[RotationSettings]\nMaxFileSize={(rotates ? 4 * size : 0)}\nNaming=numbered\n");
        Flood[] floods = [.. Enumerable.Range(0, processes).Select(i => new Flood(site.Root.Path, $"p{i}", threads: 3, size))];
        try
        {
            foreach (Flood flood in floods) flood.WaitUntilReady();
            await Task.WhenAll(floods.Select(flood => flood.Run(random.Next(1, 4_000_000 / (size + 10_000)), KillAfter(flood, random.Next(20_000)))));
            foreach (string failure in floods.SelectMany(flood => flood.Failures)) tally.Complain($"{trial}: {failure}");
            string[] acknowledged = [.. floods.SelectMany(flood => flood.Acknowledged), "successor"];
            if (!NumberedRecord.Write(site.Writer, "user-login", "successor", 50)) tally.Complain($"{trial}: the successor's record was refused");
            tally.Add(acknowledged, Survey.Of("login.log", site.Root[AuditSite.LogDirectory]), trial);
        }
        finally
        {
            foreach (Flood flood in floods) flood.Dispose();
        }
    }

    private static Action KillAfter(Flood flood, int spins) => () =>
    {
        Thread.SpinWait(spins);
        flood.Kill();
    };
}
