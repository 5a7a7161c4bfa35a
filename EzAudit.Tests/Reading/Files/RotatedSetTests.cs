using System.Globalization;
using System.IO.Compression;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Files;

/// <summary>A log file and the files that it was rotated to are read as one log.</summary>
[TestClass]
public sealed class RotatedSetTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void NumberedFilesCountBackwardsAndDatedOnesForwards()
    {
        Settings("numbered");
        // Named by the other scheme, from before the setting was changed.
        Write("t.log.2026-10-31.2", 2);
        Write("t.log.2026-10-31.1", 1);
        Write("t.log.2026-10-31.10", 3);
        Write("t.log.2", 5);
        Write("t.log.10", 4);
        Write("t.log.1", 6);
        Write("t.log", 7);
        Write("t.log.bak", 8);
        Assert.AreEqual("1 2 3 4 5 6 7", Found(AuditQuery.All));
        Assert.AreEqual("7 6 5 4 3 2 1", Found(AuditQuery.All, isBackwards: true));
    }

    [TestMethod]
    public void CompressedFilesAreReadInTheirPlaceAndOnlyOnce()
    {
        Settings("dated");
        Compress(Write("t.log.2026-11-01.1", 1), keep: false);
        Compress(Write("t.log.2026-11-02.1", 2), keep: true);
        Write("t.log.2026-11-03.1", 3);
        Write("t.log", 4);
        Assert.AreEqual("1 2 3 4", Found(AuditQuery.All));
        Assert.AreEqual("4 3 2 1", Found(AuditQuery.All, isBackwards: true));
    }

    [TestMethod]
    public void CompressedFilesOutsideTheTimeRangeAreSkipped()
    {
        Settings("dated");
        for (int day = 1; day < 10; day++) Compress(Write($"t.log.2026-11-0{day}.1", day), keep: false);
        Write("t.log", 10);
        using AuditLogReader log = AuditLogReader.Open(_folder.Path);
        var progress = new LastProgress();
        IEnumerable<AuditFoundRecord> found = log.Search(new AuditQuery { Since = Start.AddDays(5), Until = Start.AddDays(6) }, new AuditReadOptions { Progress = progress });
        Assert.AreEqual("5", string.Join(' ', found.Select(record => record.Record["n"])));
        Assert.IsGreaterThan(0, progress.Value.SkippedBytes);
    }

    [TestMethod]
    public void CompressedDataThatIsBrokenIsAProblemAndTheRestIsRead()
    {
        Settings("dated");
        Compress(Write("t.log.2026-11-01.1", Enumerable.Range(0, 5000).ToArray()), keep: false);
        string path = _folder["var/log/audit/t.log.2026-11-01.1.gz"];
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 200).Fill(0xff);
        File.WriteAllBytes(path, bytes);
        Write("t.log", 9999);
        using AuditLogReader log = AuditLogReader.Open(_folder.Path);
        var problems = new List<AuditLogProblem>();
        string[] found = [.. log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add }).Select(record => record.Record["n"]!)];
        Assert.AreEqual("9999", found[^1]);
        Assert.AreEqual("0", found[0]);
        Assert.Contains(problem => problem.File == path && problem.Kind == AuditLogProblemKind.Damage, problems);
    }

    [TestMethod]
    public void AFileRotatedDuringASearchIsReadOnce()
    {
        Settings("numbered");
        Write("t.log.1", 1);
        Write("t.log", 2);
        using AuditLogReader log = AuditLogReader.Open(_folder.Path);
        using IEnumerator<AuditFoundRecord> records = log.Search(AuditQuery.All).GetEnumerator();
        Assert.IsTrue(records.MoveNext());
        string directory = _folder["var/log/audit"];
        File.Move(Path.Combine(directory, "t.log.1"), Path.Combine(directory, "t.log.2"));
        File.Move(Path.Combine(directory, "t.log"), Path.Combine(directory, "t.log.1"));
        Write("t.log", 3);
        Assert.IsTrue(records.MoveNext());
        Assert.AreEqual("2", records.Current.Record["n"]);
        Assert.IsFalse(records.MoveNext());
    }

    private void Settings(string naming) => _folder.Write(
        "settings/audit.ini", $"[AuditSettings]\nAudit=disabled\nAuditFileNames[t]=t.log\n[RotationSettings]\nNaming={naming}\n");

    private string Write(string name, params int[] numbers) => _folder.Write($"var/log/audit/{name}", string.Concat(numbers.Select(number =>
        $"[ {Start.AddDays(Math.Min(number, 25)).ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture)} ] [10.0.0.1] [editor:16]\nn: {number}\n\n")));

    private static void Compress(string path, bool keep)
    {
        using (var file = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest)) file.Write(File.ReadAllBytes(path));
        if (!keep) File.Delete(path);
    }

    private string Found(AuditQuery query, bool isBackwards = false)
    {
        using AuditLogReader log = AuditLogReader.Open(_folder.Path);
        return string.Join(' ', (isBackwards ? log.SearchBackwards(query) : log.Search(query)).Select(found => found.Record["n"]));
    }
}
