using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Following;

/// <summary>New records arrive as they are written, each once and in order, whatever happens to their files.</summary>
[TestClass]
public sealed class FollowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _looks = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _problems = [];
    private readonly TaskCompletionSource _problemSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AuditLogReader? _log;
    private IAsyncEnumerator<AuditFoundRecord>? _records;

    private string Log => _folder["t.log"];

    public void Dispose()
    {
        _log?.Dispose();
        _folder.Dispose();
        _looks.Dispose();
        _end.Dispose();
    }

    [TestMethod, Timeout(30_000)]
    public async Task TheLastRecordsComeBeforeTheNewOnes()
    {
        Append(1, 2, 3);
        Start(last: 2);
        Assert.AreEqual("2 3", await Next(2));
        Append(4);
        Assert.AreEqual("4", await Next(1));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task ARecordWrittenInTwoPartsArrivesWhenItIsComplete()
    {
        Append(1);
        string record = Text(2);
        File.AppendAllText(Log, record[..30]);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        File.AppendAllText(Log, record[30..]);
        Append(3);
        Assert.AreEqual("2 3", await Next(2));
        await NoMore();
        Assert.IsEmpty(_problems);
    }

    [TestMethod, Timeout(30_000)]
    [DataRow("")]
    [DataRow(".2007-05-23")]
    public async Task SeveralRotationsBetweenTwoLooks(string date)
    {
        Append(1);
        Rotate(date);
        Append(2);
        Start(last: 1);
        Assert.AreEqual("2", await Next(1));
        Append(3);
        Rotate(date);
        Append(4);
        Rotate(date);
        Append(5, 6);
        Rotate(date);
        Append(7);
        Assert.AreEqual("3 4 5 6 7", await Next(5));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task TheFollowedFileIsCompressedAfterItsRotation()
    {
        Append(1);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        Append(2);
        Rotate("");
        Compress(Log + ".1");
        Append(3);
        Assert.AreEqual("2 3", await Next(2));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task AFileThatIsTruncatedAndRewritten()
    {
        Append(1, 2);
        Start(last: 1);
        Assert.AreEqual("2", await Next(1));
        File.Copy(Log, Log + ".1");
        File.WriteAllText(Log, Text(3) + Text(4) + Text(5));
        Assert.AreEqual("3 4 5", await Next(3));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task AFileThatIsDeletedAndRecreated()
    {
        Append(1);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        Append(2);
        File.Delete(Log);
        Assert.AreEqual("2", await Next(1));
        Append(3);
        Assert.AreEqual("3", await Next(1));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task GrowingDamageIsReportedAsItIsSeen()
    {
        Append(1);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        ValueTask<bool> next = _records!.MoveNextAsync();
        File.AppendAllText(Log, new string('x', 40_000));
        _looks.Release();
        await _problemSeen.Task;
        File.AppendAllText(Log, new string('x', 40_000) + Text(2));
        _looks.Release();
        Assert.IsTrue(await next);
        Assert.AreEqual(2, int.Parse(_records.Current.Record["n"]!, System.Globalization.CultureInfo.InvariantCulture));
        await NoMore();
        Assert.AreEqual(80_000, _problems.Sum(problem => int.Parse(problem.Split("Damage, ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestMethod, Timeout(30_000)]
    public async Task OnlyMatchingRecordsArrive()
    {
        Append(1, 2, 3);
        Start(last: 1, new AuditQuery { Fields = [new AuditFieldTest("n", AuditFieldComparison.Matches, "[24]")] });
        Assert.AreEqual("2", await Next(1));
        Append(3, 4, 5);
        Assert.AreEqual("4", await Next(1));
        await NoMore();
    }

    [TestMethod, Timeout(30_000)]
    public async Task RotatedFilesThatAreGoneBeforeTheyCouldBeReadAreCounted()
    {
        const string date = ".2007-05-23";
        Append(1);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        for (int number = 2; number <= 6; number++)
        {
            Rotate(date);
            Append(number);
        }
        File.Delete($"{Log}{date}.2");
        File.Delete($"{Log}{date}.4");
        Compress($"{Log}{date}.3");
        Assert.AreEqual("3 5 6", await Next(3));
        await NoMore();
        Assert.AreEqual("2 rotated files were gone before they could be read", _problems.Single().Split(": ")[1]);
    }

    [TestMethod, Timeout(30_000)]
    public async Task TheFollowedFileMayBeMissing()
    {
        const string date = ".2007-05-23";
        Append(1);
        Start(last: 1);
        Assert.AreEqual("1", await Next(1));
        Append(2);
        for (int number = 3; number <= 5; number++)
        {
            Rotate(date);
            Append(number);
        }
        File.Delete($"{Log}{date}.1");
        Assert.AreEqual("2 3 4 5", await Next(4));
        await NoMore();
        Assert.IsEmpty(_problems);
    }

    [TestMethod, Timeout(120_000)]
    [DataRow("all")]
    [DataRow("3")]
    public async Task RotationAtEachRecordWithCompressionLosesNothingInSilence(string kept)
    {
        const int count = 300;
        _folder.Write("settings/audit.ini", $"""
            [AuditSettings]
            Audit=enabled
            AuditFileNames[work]=work.log
            [FunctionDefaults]
            Durability=os
            [RotationSettings]
            MaxFileSize=1
            Compress=gzip
            KeepFiles={kept}
            """);
        _log = AuditLogReader.Open(_folder.Path);
        _log.Wait = static async _ => await Task.Yield();
        IAsyncEnumerator<AuditFoundRecord> records = _log.FollowAsync(AuditQuery.All, 0, new AuditReadOptions { OnProblem = Add }, _end.Token).GetAsyncEnumerator();
        ValueTask<bool> next = records.MoveNextAsync();
        using ChildProcess writer = Writer("only", count);
        var found = new List<int>();
        while (await next)
        {
            found.Add(int.Parse(records.Current.Record["Number"]!, System.Globalization.CultureInfo.InvariantCulture));
            // Nothing is written after the last one, which is never rotated.
            next = found[^1] == count - 1 ? ValueTask.FromResult(false) : records.MoveNextAsync();
        }
        await records.DisposeAsync();

        CollectionAssert.AreEqual(found.Distinct().Order().ToArray(), found, "each once, in order");
        int reported = _problems.Where(problem => problem.Contains(" gone before ", StringComparison.Ordinal))
            .Sum(problem => int.Parse(problem.Split(": ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(count, found.Count + reported, string.Join('\n', _problems));
        if (kept == "all") Assert.IsEmpty(_problems);
    }

    [TestMethod, Timeout(120_000)]
    public async Task TwoWritersAndRotationAtTenKilobytes()
    {
        const int count = 400;
        _folder.Write("settings/audit.ini", """
            [AuditSettings]
            Audit=enabled
            AuditFileNames[work]=work.log
            [FunctionDefaults]
            Durability=os
            [RotationSettings]
            MaxFileSize=10KiB
            """);
        _log = AuditLogReader.Open(_folder.Path);
        IAsyncEnumerator<AuditFoundRecord> records = _log.FollowAsync(AuditQuery.All, 0, new AuditReadOptions { OnProblem = Add }, _end.Token).GetAsyncEnumerator();
        ValueTask<bool> next = records.MoveNextAsync();
        using ChildProcess first = Writer("first", count);
        using ChildProcess second = Writer("second", count);
        var found = new List<AuditFoundRecord>();
        while (found.Count < 2 * count && await next)
        {
            found.Add(records.Current);
            next = found.Count < 2 * count ? records.MoveNextAsync() : ValueTask.FromResult(false);
        }
        await records.DisposeAsync();
        foreach (string writer in new[] { "first", "second" })
        {
            string[] numbers = [.. found.Where(record => record.Record["Writer"] == writer).Select(record => record.Record["Number"]!)];
            CollectionAssert.AreEqual(Enumerable.Range(0, count).Select(number => $"{number}").ToArray(), numbers, writer);
        }
        Assert.IsEmpty(_problems);
        Assert.IsGreaterThan(5, _log.FindFiles().Count, "there must have been rotations");
    }

    private ChildProcess Writer(string id, int count)
    {
        ChildProcess process = ChildProcess.Start(nameof(AppendRecords), _folder.Path, "work", id, $"{count}", "100");
        Assert.AreEqual("ready", process.ReadLine());
        process.Input.WriteLine();
        return process;
    }

    private void Start(int last, AuditQuery? query = null)
    {
        // A relative path, as people type it.
        _log = AuditLogReader.OpenFiles([Path.GetRelativePath(Environment.CurrentDirectory, Log)]);
        _log.Wait = async cancellation => await _looks.WaitAsync(cancellation);
        _records = _log.FollowAsync(query ?? AuditQuery.All, last, new AuditReadOptions { OnProblem = Add }, _end.Token).GetAsyncEnumerator();
    }

    private void Add(AuditLogProblem problem)
    {
        _problems.Add(problem.ToString());
        _problemSeen.TrySetResult();
    }

    private async Task<string> Next(int count)
    {
        var numbers = new List<string>();
        while (numbers.Count < count)
        {
            ValueTask<bool> next = _records!.MoveNextAsync();
            if (!next.IsCompleted) _looks.Release();
            Assert.IsTrue(await next);
            numbers.Add(_records.Current.Record["n"]!);
        }
        return string.Join(' ', numbers);
    }

    private async Task NoMore()
    {
        _looks.Release();
        ValueTask<bool> next = _records!.MoveNextAsync();
        _end.Cancel();
        Assert.IsFalse(await next);
        await _records.DisposeAsync();
    }

    private void Append(params int[] numbers) => File.AppendAllText(Log, string.Concat(numbers.Select(Text)));

    private static string Text(int number) => $"[ May 23 2007 14:47:58 ] [127.0.0.1] [editor:16]\nn: {number}\n\n";

    // Numbered, or dated.
    private void Rotate(string date)
    {
        int last = Enumerable.Range(1, 99).First(number => !File.Exists($"{Log}{date}.{number}"));
        if (date.Length > 0)
        {
            File.Move(Log, $"{Log}{date}.{last}");
            return;
        }
        for (int number = last; number > 1; number--) File.Move($"{Log}.{number - 1}", $"{Log}.{number}");
        File.Move(Log, $"{Log}.1");
    }

    private static void Compress(string path)
    {
        using (var file = new System.IO.Compression.GZipStream(File.Create(path + ".gz"), System.IO.Compression.CompressionLevel.Fastest)) file.Write(File.ReadAllBytes(path));
        File.Delete(path);
    }
}
