using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.EntityFrameworkCore;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.Faults;

/// <summary>kill -9 of processes that save and move rows: each committed row has exactly one record, and no rolled-back row has any.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class OutboxKillTests
{
    [TestMethod]
    [DataRow("os", 1)]
    [DataRow("os", 2)]
    [DataRow("disk", 2)]
    public async Task DatabaseAndLogAgreeAfterAKill(string durability, int processes)
    {
        int trials = FaultForm.Choose(3, 100);
        var complaints = new List<string>();
        int committed = 0;
        int moved = 0;
        for (int seed = 0; seed < trials; seed++)
        {
            (int rows, int records) = await Trial(seed, durability, processes, complaints);
            committed += rows;
            moved += records;
        }
        Console.WriteLine($"kill -9 with outbox, {durability}, {processes} processes | trials {trials} | committed {committed} | moved after the kill {moved} | complaints {complaints.Count}");
        Assert.IsEmpty(complaints, string.Join('\n', complaints.Take(20)));
    }

    private static async Task<(int Committed, int Moved)> Trial(int seed, string durability, int processes, List<string> complaints)
    {
        var random = new Random(seed);
        using var site = new NewsSite(DatabaseKind.Sqlite, $"{NewsSite.Settings}[FunctionDefaults]\nDurability={durability}\n", options => options.Outbox = true);
        using (NewsContext context = site.Open()) context.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL");
        string root = site.Site.Root.Path;
        Flood[] floods = [.. Enumerable.Range(0, processes).Select(i => Flood.OfProgram("dotnet", typeof(OutboxKillTests).Assembly.Location, nameof(SaveTransactions), root, $"p{i}"))];
        try
        {
            foreach (Flood flood in floods) flood.WaitUntilReady();
            await Task.WhenAll(floods.Select(flood =>
            {
                int spins = random.Next(200_000);
                return flood.Run(random.Next(1, 120), () =>
                {
                    Thread.SpinWait(spins);
                    flood.Kill();
                });
            }));
        }
        finally
        {
            foreach (Flood flood in floods) flood.Dispose();
        }
        return Compare(site, [.. floods.SelectMany(flood => flood.Acknowledged)], $"seed {seed}, {durability}, {processes}", complaints);
    }

    private static (int Committed, int Moved) Compare(NewsSite site, string[] acknowledged, string trial, List<string> complaints)
    {
        using NewsContext context = site.Open();
        int moved = context.MoveAuditOutbox(site.Site.Writer);
        string[] rows = [.. context.Tags.Select(tag => tag.Name)];
        string[] records = Recorded(site);
        complaints.AddRange(acknowledged.Except(rows).Select(name => $"{trial}: {name} was acknowledged and is not in the database"));
        complaints.AddRange(rows.Except(records).Select(name => $"{trial}: {name} is committed and has no record"));
        complaints.AddRange(records.Except(rows).Select(name => $"{trial}: {name} has a record and is not committed"));
        complaints.AddRange(records.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{trial}: {group.Key} has {group.Count()} records"));
        int left = context.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM AuditOutbox").Single();
        if (left > 0) complaints.Add($"{trial}: {left} rows stay in the outbox");
        return (rows.Length, moved);
    }

    // A record torn by the kill does not count; the reader recognizes it.
    private static string[] Recorded(NewsSite site)
    {
        using AuditLogReader log = AuditLogReader.Open(site.Site.Writer);
        return [.. log.Search(new AuditQuery { Functions = ["record-insert"] }).Where(found => !found.IsDoubtful).Select(found => found.Record["Name new"]).OfType<string>()];
    }
}
