using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading;

/// <summary>The code on the page <c>docs/reading.md</c>, compiled and run.</summary>
[TestClass]
public sealed partial class ReadingPageTests : IDisposable
{
    private readonly AuditSite _site = new();
    private readonly StringWriter output = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose()
    {
        _site.Dispose();
        output.Dispose();
    }

    [TestMethod, Timeout(30_000)]
    public async Task TheCodeOnThePageRuns()
    {
        using (AuditContext.Use(new AuditActor("admin", "14"))) _site.Writer.WriteAudit("order-delete", ("Order ID", 7));
        string root = _site.Root.Path;
        await ReadAsync(root, _site.Writer, TestContext.CancellationToken);

        string[] lines = output.ToString().Split(Environment.NewLine);
        StringAssert.StartsWith(lines[0], "2007-05-23 14:47:58Z order-delete: order 7, at byte 0 of ");
        Assert.AreEqual("1 records", lines[1]);
        StringAssert.EndsWith(lines[2], "Order ID: 7");
    }

    [TestMethod]
    public void TheCodeOnThePageIsTheCodeOfThisFile()
    {
        string source = Trimmed(File.ReadAllText(Repository.PathOf("EzAudit.Tests", "Reading", "ReadingPageTests.cs")));
        MatchCollection blocks = CodeBlock().Matches(File.ReadAllText(Repository.PathOf("docs", "reading.md")));
        Assert.HasCount(4, blocks);
        foreach (Match block in blocks) StringAssert.Contains(source, Trimmed(block.Groups[1].Value));
    }

    private async Task ReadAsync(string root, AuditWriter writer, CancellationToken requestAborted)
    {
        AuditQuery query = PrintLatest(root);
        await ShowPageAsync(writer, requestAborted);
        using AuditLogReader log = AuditLogReader.Open(root);
        PrintCount(log, query, requestAborted);
        await FollowAsync(log, query, requestAborted);
    }

    private AuditQuery PrintLatest(string root)
    {
        using AuditLogReader log = AuditLogReader.Open(root);
        var query = new AuditQuery { Functions = ["order-*"], Actors = ["admin"], Since = new DateTimeOffset(2007, 5, 1, 0, 0, 0, TimeSpan.Zero) };
        foreach (AuditFoundRecord found in log.SearchBackwards(query).Take(10))
            output.WriteLine($"{found.Time:u} {found.Function}: order {found.Record["Order ID"]}, at byte {found.Offset} of {found.File.Path}");
        return query;
    }

    private static async Task ShowPageAsync(AuditWriter writer, CancellationToken requestAborted)
    {
        using AuditLogReader log = AuditLogReader.Open(writer);
        List<AuditFoundRecord> latest = await log.SearchBackwardsAsync(AuditQuery.All, cancellationToken: requestAborted).Take(50).ToListAsync(requestAborted);
        Assert.HasCount(1, latest);
    }

    private void PrintCount(AuditLogReader log, AuditQuery query, CancellationToken stop)
    {
        var problems = new List<AuditLogProblem>();
        var options = new AuditReadOptions { OnProblem = problems.Add, Progress = new Progress<AuditReadProgress>(Show) };
        long count = log.Count(query, options, stop);
        output.WriteLine($"{count} records{(problems.Exists(problem => problem.LeavesDoubt) ? ", perhaps more" : "")}");
    }

    private async Task FollowAsync(AuditLogReader log, AuditQuery query, CancellationToken requestAborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        CancellationToken stop = end.Token;
        end.CancelAfter(TimeSpan.FromSeconds(1));
        await foreach (AuditFoundRecord found in log.FollowAsync(query, last: 10, cancellationToken: stop))
            output.WriteLine(found.Record);
    }

    private static void Show(AuditReadProgress progress) => Assert.IsLessThanOrEqualTo(progress.TotalBytes, progress.BytesRead);

    private static string Trimmed(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
