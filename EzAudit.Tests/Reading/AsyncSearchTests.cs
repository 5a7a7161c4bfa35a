using System.Globalization;
using EzAudit.Formats.Classic;
using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Reading;

/// <summary>An asynchronous search returns what a search returns, holds no thread while it waits, and ends at once when it is cancelled.</summary>
[TestClass]
public sealed class AsyncSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public async Task FindsTheRecordsOfASearchInTheirOrder(int files)
    {
        LogSource[] sources = [.. Enumerable.Range(0, files).Select(i => Source($"{i}.log", 500 + i))];
        var query = new AuditQuery { Actors = ["editor"] };

        CollectionAssert.AreEqual(
            Open(sources, query).Search(new ProblemList()).Select(Text).ToList(), await ListAsync(Open(sources, query).SearchAsync(new ProblemList())));
        CollectionAssert.AreEqual(
            Open(sources, query).Search(new ProblemList(), isBackwards: true).Select(Text).ToList(), await ListAsync(Open(sources, query).SearchAsync(new ProblemList(), isBackwards: true)));
    }

    [TestMethod]
    public async Task NotesTheSameProblems()
    {
        LogSource source = Source("a.log", 500);
        File.AppendAllText(source.Path, "torn");
        ProblemList wanted = new(), found = new();

        Assert.AreEqual(
            Open([source], AuditQuery.All).Search(wanted).Count(), (await ListAsync(Open([source], AuditQuery.All).SearchAsync(found))).Count);

        Assert.HasCount(1, wanted.All);
        CollectionAssert.AreEqual(wanted.All.ToList(), found.All.ToList());
    }

    [TestMethod]
    public async Task WaitsForWorkWithoutAThread()
    {
        using var release = new ManualResetEventSlim();
        int[] work = [1, 2, 3];
        IAsyncEnumerator<int> results = new OrderedWork<int>(work.Select(Func<int> (number) => () => Done(number))).RunAsync().GetAsyncEnumerator();

        ValueTask<bool> first = results.MoveNextAsync();

        Assert.IsFalse(first.IsCompleted);
        release.Set();
        Assert.IsTrue(await first);
        Assert.AreEqual(1, results.Current);
        await results.DisposeAsync();

        int Done(int number)
        {
            release.Wait();
            return number;
        }
    }

    [TestMethod]
    public async Task IsCancelledWhileWorkIsRunning()
    {
        using var release = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        Func<int>[] work = [() => { release.Wait(); return 1; }];
        IAsyncEnumerator<int> results = new OrderedWork<int>(work).RunAsync(stop.Token).GetAsyncEnumerator();
        Task<bool> next = results.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        // The work uses files that are closed next, so its end is awaited.
        Assert.IsFalse(next.IsCompleted);
        release.Set();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => next);
    }

    [TestMethod]
    public async Task RunsOnlySoFarAheadOfItsConsumer()
    {
        int started = 0;
        IEnumerable<Func<int>> work = Enumerable.Range(0, 10_000).Select(Func<int> (number) =>
        {
            started++;
            return () => number;
        });

        await foreach (int number in new OrderedWork<int>(work).RunAsync())
        {
            if (number == 100) break;
        }

        Assert.IsLessThanOrEqualTo(101 + 1 + (Environment.ProcessorCount * 2), started);
    }

    [TestMethod]
    public async Task AFailureReachesTheConsumer()
    {
        Func<int>[] work = [() => 1, () => throw new IOException("gone")];
        var found = new List<int>();

        await Assert.ThrowsExactlyAsync<IOException>(async () =>
        {
            await foreach (int number in new OrderedWork<int>(work).RunAsync()) found.Add(number);
        });

        CollectionAssert.AreEqual(new[] { 1 }, found);
    }

    private static string Text(AuditFoundRecord found) => $"{found.File.Path} {found.Offset}";

    private static async Task<List<string>> ListAsync(IAsyncEnumerable<AuditFoundRecord> records)
    {
        var list = new List<string>();
        await foreach (AuditFoundRecord record in records) list.Add(Text(record));
        return list;
    }

    private static LogReading Open(IEnumerable<LogSource> sources, AuditQuery query) => new(
        LogFiles.Open(sources), new QueryMatcher(query, new Dictionary<string, AuditFunction>()), new ChunkSize(1000, 100), null, CancellationToken.None);

    private LogSource Source(string name, int count)
    {
        DateTime start = new(2026, 11, 1);
        string text = string.Concat(Enumerable.Range(0, count).Select(i =>
            $"[ {start.AddSeconds(i * 7).ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture)} ] [10.0.0.1] [{(i % 3 == 0 ? "editor" : "other")}:16]\nn: {i}\n\n"));
        return new LogSource(_folder.Write(name, text), [], new ClassicFormat(DateTimeZone.Utc), RotationNaming.Dated, HasRotated: false);
    }
}
