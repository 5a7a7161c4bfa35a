using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Storage.Content;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EzAudit.Tests.Reading;

/// <summary>The records of one file, their places, and what is wrong in the file.</summary>
[TestClass]
public sealed class SingleFileTests : IDisposable
{
    private const string Whole = "[ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\nn: 1\n\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void RecordsComeWithTheirPlace()
    {
        ReadBack read = ReadBack.Of(_folder.Write("t.log", Whole + "\n" + Whole));
        var record = new AuditRecord(new DateTimeOffset(2007, 5, 23, 14, 47, 58, TimeSpan.Zero), "127.0.0.1", new AuditActor("admin", "14"), [("n", 1)]);
        CollectionAssert.AreEqual(
            new RecordAt[] { new(0, 54, record), new(55, 54, record) }, read.Records.Select(found => new RecordAt(found.Offset, found.Length, found.Record)).ToArray());
        Assert.IsEmpty(read.Problems);
    }

    [TestMethod]
    public void AnEmptyFileHasNothing()
    {
        ReadBack read = ReadBack.Of(_folder.Write("t.log", ""));
        Assert.IsEmpty(read.Records);
        Assert.IsEmpty(read.Problems);
    }

    [TestMethod]
    public void ProblemsSayFilePlaceKindAndWhatIsThere()
    {
        string path = _folder.Write("t.log", Whole + "\0\u001brubbish" + Whole + Whole[..50]);
        ReadBack read = ReadBack.Of(path);
        Assert.HasCount(2, read.Records.ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                $"{path}:@54: Damage, 9 bytes: found \\u{{0}}\\u{{1b}}rubbish",
                $"{path}:@117: TornTail, 50 bytes: found [ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\\u{{a}}n:",
            },
            read.Problems.Select(problem => problem.ToString()).ToArray());
    }

    [TestMethod]
    public void LongDamageIsOneProblem()
    {
        string path = _folder.Write("t.log", Whole + new string('\0', 1_000_000) + Whole);
        ReadBack read = ReadBack.Of(path);
        CollectionAssert.AreEqual(new long[] { 0, 1_000_054 }, read.Records.Select(record => record.Offset).ToArray());
        Assert.AreEqual((54L, 1_000_000L, AuditLogProblemKind.Damage, new string('0', 80).Replace("0", "\\u{0}", StringComparison.Ordinal) + "..."),
            (read.Problems.Single().Offset, read.Problems[0].Length, read.Problems[0].Kind, read.Problems[0].Found));
    }

    [TestMethod]
    public void TwoDoubtfulRecordsAreTwoProblems()
    {
        string doubtful = Whole[..^1] + "no field\n\n";
        ReadBack read = ReadBack.Of(_folder.Write("t.log", "rubbish" + doubtful + doubtful));
        Assert.HasCount(2, read.Records.ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 7, 70 }, read.Problems.Select(problem => problem.Offset).ToArray());
    }

    [TestMethod]
    public void ProblemsComeWhenTheReadingEndsAlsoIfTheCallerStopsEarly()
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([_folder.Write("t.log", Whole + "rubbish" + Whole + Whole)]);
        var problems = new List<AuditLogProblem>();
        using (IEnumerator<AuditFoundRecord> records = log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add }).GetEnumerator())
        {
            Assert.IsTrue(records.MoveNext());
            Assert.IsTrue(records.MoveNext());
            Assert.IsEmpty(problems);
        }
        Assert.HasCount(1, problems);
    }

    [TestMethod]
    public void ASecondReadingSeesWhatWasWrittenMeanwhile()
    {
        string path = _folder.Write("t.log", Whole[..50]);
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        var problems = new List<AuditLogProblem>();
        IEnumerable<AuditFoundRecord> records = log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add });
        Assert.IsEmpty(records);
        Assert.HasCount(1, problems);
        problems.Clear();
        File.AppendAllText(path, Whole[50..]);
        using IEnumerator<AuditFoundRecord> second = records.GetEnumerator();
        Assert.IsTrue(second.MoveNext());
        // The file is open: neither writing nor deleting may be refused.
        File.AppendAllText(path, Whole);
        File.Delete(path);
        Assert.IsFalse(second.MoveNext());
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    public void TheTimeZoneIsThatOfTheWriter()
    {
        ReadBack read = ReadBack.Of(_folder.Write("t.log", Whole), new AuditLogReaderOptions { TimeZone = "Europe/Vienna" });
        Assert.AreEqual(new DateTimeOffset(2007, 5, 23, 12, 47, 58, TimeSpan.Zero), read.Records.Single().Record.Time);
    }

    [TestMethod]
    public void AnUnknownTimeZoneIsRefused()
    {
        var refused = Assert.ThrowsExactly<ArgumentException>(() => ReadBack.Of(_folder.Write("t.log", Whole), new AuditLogReaderOptions { TimeZone = "Europe/Wien" }));
        Assert.AreEqual("Europe/Wien: no such time zone, expected a TZDB id such as Europe/Vienna (Parameter 'options')", refused.Message);
    }

    [TestMethod]
    public void AFormatThatCannotBeReadIsRefused()
    {
        var refused = Assert.ThrowsExactly<ArgumentException>(() => ReadBack.Of("t.log", new AuditLogReaderOptions { Format = new WriteOnly() }));
        Assert.AreEqual("WriteOnly: cannot be read back (Parameter 'options')", refused.Message);
    }

    [TestMethod]
    public void AValueOf100MegabytesIsRead()
    {
        string text = string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 100_000));
        var record = new AuditRecord(DateTimeOffset.UnixEpoch, "", new AuditActor("", ""), [("n", text)]);
        string path = _folder["t.log"];
        File.WriteAllBytes(path, new ClassicFormat(DateTimeZone.Utc).ToBytes(record));
        ReadBack read = ReadBack.Of(path);
        foreach (AuditFoundRecord found in read.Records) Assert.AreEqual(text.Length, found.Record["n"]?.Length);
        Assert.IsEmpty(read.Problems);
    }

    [TestMethod]
    public void APieceTooLargeForMemoryIsDamageAndTheNextRecordIsRead()
    {
        string path = _folder.Write("t.log", Whole[..50] + new string('x', 1_000_000) + "\n\n" + Whole);
        using var file = new LogFileReader(path, maxSize: 100_000);
        var pieces = new PieceReader(file, new ClassicFormat(DateTimeZone.Utc));
        var offsets = new List<long>();
        while (pieces.TryNext(out AuditReadResult piece))
        {
            if (piece.Record is not null) offsets.Add(pieces.Offset);
        }
        CollectionAssert.AreEqual(new long[] { 1_000_052 }, offsets);
        Assert.AreEqual((0L, AuditLogProblemKind.Damage), (pieces.Problems.Single().Offset, pieces.Problems[0].Kind));
    }

    [TestMethod]
    public void AllRecordsOfAFileComeBackWhateverTheySay()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(50).WithEndSize(60);
        Check.One(config, Prop.ForAll(NastyText.Record.ArrayOf().ToArbitrary(), records =>
        {
            File.WriteAllBytes(_folder["p.log"], new ClassicFormat(DateTimeZone.Utc).ToBytes(records));
            ReadBack read = ReadBack.Of(_folder["p.log"]);
            return read.Records.Select(found => found.Record).SequenceEqual(records) && read.Problems.Count == 0;
        }));
    }

    private sealed class WriteOnly : IAuditFormat
    {
        public ReadOnlySpan<byte> Terminator => "\n"u8;

        public void Write(in AuditRecordView record, IBufferWriter<byte> output)
        {
        }
    }
}
