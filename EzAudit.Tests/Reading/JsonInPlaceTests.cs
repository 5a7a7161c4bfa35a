using System.Globalization;
using System.IO.Compression;
using EzAudit.Formats.Json;
using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading;

/// <summary>Files of json are divided, pruned and searched in place, whatever form a valid line has.</summary>
[TestClass]
public sealed class JsonInPlaceTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("{\"time\":\"2026-11-01T00:00:00.0000000Z\",\"function\":\"f\",\"address\":\"a\",\"actor\":{\"login\":\"\\u0065ditor\",\"id\":\"16\"},\"fields\":[[\"n\",\"1\"]]}", DisplayName = "an escaped letter")]
    [DataRow("{\"time\":\"2026-11-01T00:00:00Z\", \"function\": \"f\", \"address\": \"a\", \"actor\": {\"id\": \"16\", \"login\": \"editor\"}, \"fields\": [[\"n\", \"1\"]]}", DisplayName = "blanks, another order, whole seconds")]
    [DataRow("{\"time\":\"2026-11-01T00:00:00.0000000Z\",\"address\":\"a\",\"actor\":{\"login\":\"editor\",\"id\":\"16\"},\"fields\":[[\"n\",\"1\"]]}", DisplayName = "no function")]
    [DataRow("{\"time\":\"2026-11-01T00:00:00.0000000Z\",\"function\":\"f\",\"address\":\"a\",\"actor\":{\"login\":\"editor\",\"id\":\"16\"},\"fields\":[[\"n\",\"1\"]],\"later\":1}", DisplayName = "an unknown member")]
    [DataRow("{\"time\":\"2026-11-01T00:00:00.0000000Z\",\"function\":\"f\",\"address\":\"a\",\"actor\":{\"login\":\"editor\",\"id\":\"16\"},\"fields\":[[\"n\",\"1\"]],\"session\":\"\\\"\",\"trace\":\"t\"}\r", DisplayName = "session, trace and CR LF")]
    public void AValidLineOfAnyFormIsFoundByItsTexts(string line)
    {
        LogSource source = Write("a.json", [Line(1, "other"), line, Line(2, "other")]);

        foreach (AuditQuery query in new AuditQuery[]
        {
            new() { Actors = ["editor"] }, new() { Actors = ["editor:16"] }, new() { Actors = ["editor"], Fields = [new AuditFieldTest("n", AuditFieldComparison.Equals, "1")] },
            new() { Texts = ["edito"] }, new() { Texts = ["EDITOR"], IgnoreCase = true },
        })
        {
            var problems = new ProblemList();
            Assert.AreEqual("1", Numbers(Open([source], query).Search(problems)));
            Assert.IsEmpty(problems.All);
            Assert.AreEqual(1, Open([source], query).Count());
        }
    }

    [TestMethod]
    public void AnActorWithColonsIsFoundHoweverItIsDivided()
    {
        LogSource source = Write("a.json", [Line(1, "a:b", "c"), Line(2, "a", "b:c"), Line(3, "a:b:c"), Line(4, "x", "a:b:c"), Line(5, "a", "b")]);

        Assert.AreEqual("1 2 3 4", Numbers(Open([source], new AuditQuery { Actors = ["a:b:c"] }).Search(new ProblemList())));
    }

    [TestMethod]
    public void ATextWithQuotesIsFoundAlthoughItsBytesOccurNowhere()
    {
        string line = Line(1, "editor").Replace("padding", "said \\\"yes\\\"", StringComparison.Ordinal);
        LogSource source = Write("a.json", [line, Line(2, "editor")]);

        Assert.AreEqual("1", Numbers(Open([source], new AuditQuery { Texts = ["said \"yes\""] }).Search(new ProblemList())));
    }

    [TestMethod]
    public void PartsOutsideOfTheTimeAreSkippedAndNothingInsideIs()
    {
        LogSource source = Write("a.json", Enumerable.Range(0, 24 * 60).Select(hour => Line(hour, "editor", padding: 3000)));
        var progress = new LastProgress();
        LogReading reading = Open([source], new AuditQuery { Since = Start.AddDays(20), Until = Start.AddDays(21) }, progress);

        Assert.AreEqual(string.Join(' ', Enumerable.Range(480, 24)), Numbers(reading.Search(new ProblemList())));
        Assert.IsGreaterThan(new FileInfo(source.Path).Length / 2, progress.Value.SkippedBytes);
    }

    [TestMethod]
    public void ARotatedSetIsReadInItsOrderAndCompressedFilesOutsideOfTheTimeAreSkipped()
    {
        LogSource source = Write("t.json", [Line(24 * 9, "editor")]) with { HasRotated = true };
        for (int day = 1; day < 9; day++) Compress(Write($"t.json.2026-11-0{day}.1", [Line(24 * day, "editor")]).Path);
        var progress = new LastProgress();
        LogReading within = Open([source], new AuditQuery { Since = Start.AddDays(5), Until = Start.AddDays(5).AddHours(1) }, progress);

        Assert.AreEqual("24 48 72 96 120 144 168 192 216", Numbers(Open([source], AuditQuery.All).Search(new ProblemList())));
        Assert.AreEqual("216 192 168 144 120 96 72 48 24", Numbers(Open([source], AuditQuery.All).Search(new ProblemList(), isBackwards: true)));
        Assert.AreEqual("120", Numbers(within.Search(new ProblemList())));
        Assert.IsGreaterThan(0, progress.Value.SkippedBytes);
    }

    [TestMethod]
    public void DaysAreThoseOfTheZone()
    {
        LogSource source = Write("a.json", [Line(22, "editor"), Line(23, "editor")]);

        AuditSummary summary = Open([source], AuditQuery.All).Summarize([new AuditGrouping(AuditGroupKey.Hour)], NodaTime.DateTimeZoneProviders.Tzdb["Europe/Vienna"]);

        Assert.AreEqual("2026-11-01 23; 2026-11-02 00", string.Join("; ", summary.Groups[0].Select(group => group.Keys[0])));
    }

    private static string Line(int hour, string login, string id = "7", int padding = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"time\":\"{Start.AddHours(hour):yyyy-MM-ddTHH:mm:ss.fffffff}Z\",\"function\":\"f\",\"address\":\"a\",\"actor\":{{\"login\":\"{login}\",\"id\":\"{id}\"}},\"fields\":[[\"n\",\"{hour}\"],[\"p\",\"padding{new string('p', padding)}\"]]}}");

    private static string Numbers(IEnumerable<AuditFoundRecord> records) => string.Join(' ', records.Select(found => found.Record["n"]));

    private static LogReading Open(IEnumerable<LogSource> sources, AuditQuery query, LastProgress? progress = null) => new(
        LogFiles.Open(sources), new QueryMatcher(query, new Dictionary<string, AuditFunction>()), ChunkSize.Usual, ReadCounter.For(progress), CancellationToken.None);

    private static void Compress(string path)
    {
        using (var file = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest)) file.Write(File.ReadAllBytes(path));
        File.Delete(path);
    }

    private LogSource Write(string name, IEnumerable<string> lines) =>
        new(_folder.Write(name, string.Concat(lines.Select(line => line + "\n"))), [], new JsonFormat(), RotationNaming.Dated, HasRotated: false);
}
