using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage.Content;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EzAudit.Tests.Reading;

[TestClass]
public sealed class AuditReaderTests : IDisposable
{
    private const string Whole = "[ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\nn: 1\n\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void RecordsComeWithTheirPlace()
    {
        using AuditReader reader = AuditReader.Open(_folder.Write("t.log", Whole + "\n" + Whole));
        var record = new AuditRecord(new DateTimeOffset(2007, 5, 23, 14, 47, 58, TimeSpan.Zero), "127.0.0.1", new AuditActor("admin", "14"), [("n", 1)]);
        CollectionAssert.AreEqual(new AuditRecordAt[] { new(0, 54, record), new(55, 54, record) }, reader.Records.ToArray());
        Assert.IsEmpty(reader.Problems);
    }

    [TestMethod]
    public void AnEmptyFileHasNothing()
    {
        using AuditReader reader = AuditReader.Open(_folder.Write("t.log", ""));
        Assert.IsEmpty(reader.Records);
        Assert.IsEmpty(reader.Problems);
    }

    [TestMethod]
    public void ProblemsSayFilePlaceKindAndWhatIsThere()
    {
        string path = _folder.Write("t.log", Whole + "\0\u001brubbish" + Whole + Whole[..50]);
        using AuditReader reader = AuditReader.Open(path);
        Assert.HasCount(2, reader.Records.ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                $"{path}:@54: Damage, 9 bytes: found \\u{{0}}\\u{{1b}}rubbish",
                $"{path}:@117: TornTail, 50 bytes: found [ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\\u{{a}}n:",
            },
            reader.Problems.Select(problem => problem.ToString()).ToArray());
    }

    [TestMethod]
    public void LongDamageIsOneProblem()
    {
        string path = _folder.Write("t.log", Whole + new string('\0', 1_000_000) + Whole);
        using AuditReader reader = AuditReader.Open(path);
        CollectionAssert.AreEqual(new long[] { 0, 1_000_054 }, reader.Records.Select(record => record.Offset).ToArray());
        Assert.AreEqual((54L, 1_000_000L, AuditLogProblemKind.Damage, new string('0', 80).Replace("0", "\\u{0}", StringComparison.Ordinal) + "..."),
            (reader.Problems.Single().Offset, reader.Problems[0].Length, reader.Problems[0].Kind, reader.Problems[0].Found));
    }

    [TestMethod]
    public void TwoDoubtfulRecordsAreTwoProblems()
    {
        string doubtful = Whole[..^1] + "no field\n\n";
        using AuditReader reader = AuditReader.Open(_folder.Write("t.log", "rubbish" + doubtful + doubtful));
        Assert.HasCount(2, reader.Records.ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 7, 70 }, reader.Problems.Select(problem => problem.Offset).ToArray());
    }

    [TestMethod]
    public void RecordsAreReadAsTheyAreAskedFor()
    {
        using AuditReader reader = AuditReader.Open(_folder.Write("t.log", Whole + "rubbish" + Whole));
        using IEnumerator<AuditRecordAt> records = reader.Records.GetEnumerator();
        Assert.IsTrue(records.MoveNext());
        Assert.IsEmpty(reader.Problems);
        Assert.IsTrue(records.MoveNext());
        Assert.HasCount(1, reader.Problems);
    }

    [TestMethod]
    public void ASecondReadingSeesWhatWasWrittenMeanwhile()
    {
        string path = _folder.Write("t.log", Whole[..50]);
        using AuditReader reader = AuditReader.Open(path);
        Assert.IsEmpty(reader.Records);
        Assert.HasCount(1, reader.Problems);
        // The reader holds the file open: neither writing nor deleting may be refused.
        File.AppendAllText(path, Whole[50..]);
        File.Delete(path);
        Assert.HasCount(1, reader.Records.ToArray());
        Assert.IsEmpty(reader.Problems);
    }

    [TestMethod]
    public void TheTimeZoneIsThatOfTheWriter()
    {
        using AuditReader reader = AuditReader.Open(_folder.Write("t.log", Whole), "Europe/Vienna");
        Assert.AreEqual(new DateTimeOffset(2007, 5, 23, 12, 47, 58, TimeSpan.Zero), reader.Records.Single().Record.Time);
    }

    [TestMethod]
    public void AnUnknownTimeZoneIsRefused()
    {
        var refused = Assert.ThrowsExactly<ArgumentException>(() => AuditReader.Open(_folder.Write("t.log", Whole), "Europe/Wien"));
        Assert.AreEqual("Europe/Wien: no such time zone, expected a TZDB id such as Europe/Vienna (Parameter 'timeZone')", refused.Message);
    }

    [TestMethod]
    public void AFormatThatCannotBeReadIsRefused()
    {
        var refused = Assert.ThrowsExactly<ArgumentException>(() => AuditReader.Open("t.log", new WriteOnly()));
        Assert.AreEqual("WriteOnly: cannot be read back (Parameter 'format')", refused.Message);
    }

    [TestMethod]
    public void AValueOf100MegabytesIsRead()
    {
        string text = string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 100_000));
        var record = new AuditRecord(DateTimeOffset.UnixEpoch, "", new AuditActor("", ""), [("n", text)]);
        string path = _folder["t.log"];
        File.WriteAllBytes(path, new ClassicFormat(DateTimeZone.Utc).ToBytes(record));
        using AuditReader reader = AuditReader.Open(path);
        foreach (AuditRecordAt found in reader.Records) Assert.AreEqual(text.Length, found.Record["n"]?.Length);
        Assert.IsEmpty(reader.Problems);
    }

    [TestMethod]
    public void APieceTooLargeForMemoryIsDamageAndTheNextRecordIsRead()
    {
        string path = _folder.Write("t.log", Whole[..50] + new string('x', 1_000_000) + "\n\n" + Whole);
        using var reader = new AuditReader(new LogFileReader(path, maxSize: 100_000), new ClassicFormat(DateTimeZone.Utc));
        CollectionAssert.AreEqual(new long[] { 1_000_052 }, reader.Records.Select(record => record.Offset).ToArray());
        Assert.AreEqual((0L, AuditLogProblemKind.Damage), (reader.Problems.Single().Offset, reader.Problems[0].Kind));
    }

    [TestMethod]
    public void AllRecordsOfAFileComeBackWhateverTheySay()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(50).WithEndSize(60);
        Check.One(config, Prop.ForAll(NastyText.Record.ArrayOf().ToArbitrary(), records =>
        {
            File.WriteAllBytes(_folder["p.log"], new ClassicFormat(DateTimeZone.Utc).ToBytes(records));
            using AuditReader reader = AuditReader.Open(_folder["p.log"]);
            return reader.Records.Select(found => found.Record).SequenceEqual(records) && reader.Problems.Count == 0;
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
