using System.Text;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Aspects that only large files show: memory, long values, long damage, pruning by time.</summary>
[TestClass]
public sealed class LargeFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private string Path => _folder["t.log"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void AValueOf100MegabytesAmongOthers()
    {
        using (var file = new StreamWriter(File.Create(Path)))
        {
            file.Write(Record(0, "short"));
            file.Write(Record(1, new string('x', 100 << 20)));
            file.Write(Record(2, "needle"));
        }
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        Assert.AreEqual(3, log.Count(AuditQuery.All));
        AuditFoundRecord found = log.Search(new AuditQuery { Texts = ["needle"] }).Single();
        Assert.AreEqual(new FileInfo(Path).Length, found.Offset + found.Length);
        Assert.AreEqual(100 << 20, log.Search(new AuditQuery { Fields = [new AuditFieldTest("n", AuditFieldComparison.Contains, "xxx")] }).Single().Record["n"]!.Length);
        Assert.IsEmpty(log.FindProblems());
    }

    // Not in parallel: allocations of other tests count too.
    [TestMethod, DoNotParallelize]
    public void AHoleOfMegabytesIsOneProblemAndCostsNoMemory()
    {
        const long hole = 300L << 20;
        using (FileStream file = File.Create(Path))
        {
            file.Write(Encoding.ASCII.GetBytes(Record(0, "before")));
            file.SetLength(file.Length + hole);
            file.Position = file.Length;
            file.Write(Encoding.ASCII.GetBytes(Record(1, "behind")));
        }
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        long before = GC.GetTotalAllocatedBytes();
        var problems = new List<AuditLogProblem>();
        IEnumerable<AuditFoundRecord> search = log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add });
        CollectionAssert.AreEqual(new[] { "before", "behind" }, search.Select(found => found.Record["n"]).ToArray());
        Assert.AreEqual((hole, AuditLogProblemKind.Damage), (problems.Single().Length, problems[0].Kind));
        Assert.IsLessThan(50 << 20, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public void PartsOutsideTheTimeRangeAreSkippedAndNothingInsideIs()
    {
        WriteHours(24 * 60);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        var query = new AuditQuery { Since = Start.AddDays(20), Until = Start.AddDays(21) };
        var progress = new LastProgress();
        IEnumerable<AuditFoundRecord> search = log.Search(query, new AuditReadOptions { Progress = progress });
        CollectionAssert.AreEqual(Enumerable.Range(480, 24).Select(hour => $"{hour}").ToArray(), search.Select(found => found.Record["h"]).ToArray());
        Assert.IsGreaterThan(new FileInfo(Path).Length / 2, progress.Value.SkippedBytes);
        Assert.AreEqual(24, log.Count(query with { ReadsAll = true }));
        Assert.AreEqual(24, log.SearchBackwards(query).Count());
    }

    [TestMethod]
    public void AFileThatIsNotInTimeOrderIsReadCompletely()
    {
        WriteHours(24 * 30);
        string behind = File.ReadAllText(Path);
        File.AppendAllText(Path, behind);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        var progress = new LastProgress();
        IEnumerable<AuditFoundRecord> search = log.Search(new AuditQuery { Since = Start.AddDays(20), Until = Start.AddDays(21) }, new AuditReadOptions { Progress = progress });
        Assert.AreEqual(48, search.Count());
        Assert.AreEqual(0, progress.Value.SkippedBytes);
    }

    [TestMethod]
    public void AClockThatWasADayWrongHidesNothing()
    {
        WriteHours(24 * 30, wrong: hour => hour is > 300 and < 310 ? 23 : 0);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        foreach (int day in new[] { 12, 13, 14 })
        {
            var query = new AuditQuery { Since = Start.AddDays(day), Until = Start.AddDays(day + 1) };
            Assert.AreEqual(log.Count(query with { ReadsAll = true }), log.Count(query), $"{day}");
        }
    }

    [TestMethod]
    public void ASearchStopsWhenNothingIsFound()
    {
        WriteHours(24 * 30);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => log.Search(new AuditQuery { Texts = ["nowhere"] }, cancellationToken: stop.Token).Any());
    }

    [TestMethod]
    [Fault(74)]
    public void TheLastRecordsCostNotMoreThanTheEndOfTheFile()
    {
        WriteHours(24 * 60);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        var progress = new LastProgress();
        CollectionAssert.AreEqual(new[] { "1439", "1438" }, log.SearchBackwards(AuditQuery.All, new AuditReadOptions { Progress = progress }).Take(2).Select(found => found.Record["h"]).ToArray());
        Assert.IsLessThan(512 << 10, progress.Value.BytesRead);
    }

    [TestMethod]
    public void ProgressEndsWithAllBytes()
    {
        WriteHours(24 * 30);
        using AuditLogReader log = AuditLogReader.OpenFiles([Path]);
        var progress = new LastProgress();
        log.Count(new AuditQuery { Since = Start.AddDays(20) }, new AuditReadOptions { Progress = progress });
        Assert.AreEqual((new FileInfo(Path).Length, new FileInfo(Path).Length), (progress.Value.TotalBytes, progress.Value.BytesRead));
        Assert.IsGreaterThan(0, progress.Value.SkippedBytes);
    }

    private void WriteHours(int count, Func<int, int>? wrong = null)
    {
        using var file = new StreamWriter(File.Create(Path));
        string padding = new('p', 3000);
        for (int hour = 0; hour < count; hour++)
            file.Write($"{Header(Start.AddHours(hour + (wrong?.Invoke(hour) ?? 0)))}h: {hour}\npadding: {padding}\n\n");
    }

    private static string Record(int second, string value) => $"{Header(Start.AddSeconds(second))}n: {value}\n\n";

    private static string Header(DateTimeOffset time) => $"[ {time.ToString("MMM dd yyyy HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} ] [10.0.0.1] [editor:16]\n";
}
