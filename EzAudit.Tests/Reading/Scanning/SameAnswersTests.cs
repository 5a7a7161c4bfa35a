using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Answers equal those of a naive scan, however a file is split for reading and whatever is skipped.</summary>
[TestClass]
public sealed class SameAnswersTests : IDisposable
{
    /// <summary>The variable that names the seed of a failure, to repeat it.</summary>
    private const string Seed = "EZAUDIT_SEED";

    private static readonly AuditLogReaderOptions InZone = new() { TimeZone = NaiveScan.Zone };

    private readonly TempFolder _folder = new();
    private bool _isJson;

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ForAnyFileAndAnyQuery(bool isJson) => Repeat(isJson, (writer, random) => writer.Write(random.Next(200)));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ForFilesWithBytesChangedLostAndDoubled(bool isJson) => Repeat(isJson, (writer, random) => Mutation.Of(writer.Write(random.Next(60)), random));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ForFilesOfRandomBytes(bool isJson) => Repeat(isJson, (writer, random) =>
    {
        byte[] bytes = new byte[random.Next(5000)];
        random.NextBytes(bytes);
        // A file that starts like gzip is read as gzip, whatever its name.
        if (bytes is [0x1f, 0x8b, ..]) bytes[0] = 0;
        return bytes;
    });

    // The long form takes ten minutes altogether.
    private void Repeat(bool isJson, Func<LogWriter, Random, byte[]> write)
    {
        if (Environment.GetEnvironmentVariable(Seed) is { Length: > 0 } given)
        {
            Check(int.Parse(given, CultureInfo.InvariantCulture));
            return;
        }
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        while (FaultForm.IsLong ? Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(200 / 60.0) : count < 25)
        {
            Check(Random.Shared.Next());
            count++;
        }
        TestContext.WriteLine($"{count} files");

        void Check(int seed)
        {
            var writer = new LogWriter(seed, isJson);
            _isJson = isJson;
            CheckBytes(seed, [.. writer.Start(), .. write(writer, new Random(seed))], writer);
        }
    }

    private void CheckBytes(int seed, byte[] bytes, LogWriter writer)
    {
        var random = new Random(seed);
        string path = _folder["t.log"];
        File.WriteAllBytes(path, bytes);
        var size = new ChunkSize(random.Next(100, 4000), random.Next(30, 500));
        string place = $"seed {seed}, {bytes.Length} bytes, {size}";
        using AuditLogReader log = AuditLogReader.OpenFiles([path], InZone);
        log.ChunkSize = size;
        AreEqual(NaiveScan.Read(path, AuditQuery.All, _isJson).Problems, log.FindProblems(), $"problems, {place}");
        for (int i = 0; i < 12; i++) CheckQuery(log, path, i == 0 ? AuditQuery.All : writer.Ask(), place);
        CheckCompressed(path, bytes, size, writer.Ask(), place);
    }

    private void CheckQuery(AuditLogReader log, string path, AuditQuery query, string place)
    {
        List<RecordAt> expected = NaiveScan.Read(path, query, _isJson).Records;
        place = $"{place}, {TextOf(query)}";
        AreEqual(expected, [.. log.Search(query).Select(At)], place);
        AreEqual(Enumerable.Reverse(expected), [.. log.SearchBackwards(query).Select(At)], $"backwards, {place}");
        Assert.AreEqual(expected.Count, log.Count(query), place);
        AuditGrouping[] groupings =
        [
            new(AuditGroupKey.Actor), new(AuditGroupKey.Address, AuditGroupKey.Field("Node ID")), new(AuditGroupKey.Function, AuditGroupKey.Outcome, AuditGroupKey.Hour),
        ];
        CheckSummary(log.Summarize(query, groupings), expected, place);
    }

    private void CheckSummary(AuditSummary summary, List<RecordAt> expected, string place)
    {
        Assert.AreEqual(expected.Count, summary.Count, place);
        AreEqual(Counted(expected, record => $"{record.Actor.Login}:{record.Actor.Id}"), Counted(summary.Groups[0]), $"actors, {place}");
        // A classic time that does not exist is counted as it was written.
        if (_isJson) AreEqual(Counted(expected, HourOf), Counted(summary.Groups[2]), $"functions, outcomes and hours, {place}");
        AreEqual(Counted(expected, record => $"{record.Address}/{record["Node ID"] ?? "none"}"), Counted(summary.Groups[1]), $"addresses and nodes, {place}");
    }

    private static string HourOf(AuditRecord record)
    {
        DateTime local = Instant.FromDateTimeOffset(record.Time).InZone(DateTimeZoneProviders.Tzdb[NaiveScan.Zone]).ToDateTimeUnspecified();
        string outcome = NaiveScan.OutcomeOf(record) switch { AuditOutcome.Success => "success", AuditOutcome.Failure => "failure", _ => "none" };
        return string.Create(CultureInfo.InvariantCulture, $"{record.Function ?? "none"}/{outcome}/{local:yyyy-MM-dd HH}");
    }

    private static IEnumerable<string> Counted(List<RecordAt> records, Func<AuditRecord, string> key) => records
        .GroupBy(item => key(item.Record))
        .Select(group => $"{group.Key} {group.Count()} {group.Min(item => item.Record.Time):s} {group.Max(item => item.Record.Time):s}")
        .Order(StringComparer.Ordinal);

    private static List<string> Counted(IReadOnlyList<AuditGroup> groups) => [.. groups
        .Select(group => $"{string.Join('/', group.Keys.Select(key => key ?? "none"))} {group.Count} {group.First:s} {group.Last:s}")
        .Order(StringComparer.Ordinal)];

    private void CheckCompressed(string path, byte[] bytes, ChunkSize size, AuditQuery query, string place)
    {
        using (var file = new GZipStream(File.Create(_folder["t.log.gz"]), CompressionLevel.Fastest)) file.Write(bytes);
        using AuditLogReader log = AuditLogReader.OpenFiles([_folder["t.log.gz"]], InZone);
        log.ChunkSize = size;
        List<RecordAt> expected = NaiveScan.Read(path, query, _isJson).Records;
        AreEqual(expected, [.. log.Search(query).Select(At)], $"compressed, {place}, {TextOf(query)}");
        AreEqual(Enumerable.Reverse(expected), [.. log.SearchBackwards(query).Select(At)], $"compressed backwards, {place}, {TextOf(query)}");
        AreEqual(
            NaiveScan.Read(path, query, _isJson).Problems.Select(problem => problem with { File = "" }),
            [.. log.FindProblems().Select(problem => problem with { File = "" })],
            $"problems compressed, {place}");
        using AuditLogReader stream = AuditLogReader.OpenStream(File.OpenRead(path), InZone);
        stream.ChunkSize = size;
        AreEqual(expected, [.. stream.Search(query).Select(At)], $"stream, {place}, {TextOf(query)}");
    }

    private static RecordAt At(AuditFoundRecord found) => new(found.Offset, found.Length, found.Record);

    private static string TextOf(AuditQuery query) =>
        $"{query} actors {string.Join('|', query.Actors)} addresses {string.Join('|', query.Addresses)} fields {string.Join('|', query.Fields)} texts {string.Join('|', query.Texts)}";

    private static void AreEqual<T>(IEnumerable<T> expected, IReadOnlyList<T> found, string place)
    {
        List<T> all = [.. expected];
        for (int i = 0; i < Math.Max(all.Count, found.Count); i++)
        {
            if (i >= all.Count || i >= found.Count || !Equals(all[i], found[i]))
                Assert.Fail($"{place}: at {i} found {(i < found.Count ? found[i] : "nothing")}, expected {(i < all.Count ? all[i] : "nothing")}");
        }
    }
}
