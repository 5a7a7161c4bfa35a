using System.Text;
using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Json;

[TestClass]
public sealed class JsonFormatTests : FormatContract
{
    public override IAuditFormat Format => new JsonFormat();

    protected override AuditRecord AsRead(AuditRecord record) =>
        new(record.Time, record.Address, record.Actor, [.. record.Fields], FormatExtensions.Function.Name, record.Session, record.Trace);

    [TestMethod]
    public void ARecordIsOneObjectWithItsFieldsAsPairs() => Assert.AreEqual(
        "{\"time\":\"2014-02-05T10:48:19.9380000Z\",\"function\":\"entity-view\",\"address\":\"10.0.0.7\",\"actor\":{\"login\":\"administrator\",\"id\":\"1\"},"
        + "\"fields\":[[\"A\",\"x\"],[\"A\",\"42\"],[\"B\",\"true\"],[\"C\",\"\"]],\"session\":\"e2oqpa0come5441h4yhdeuhg\",\"trace\":\"4bf92f35\"}\n",
        Written.With(Format, Written.ViewEntity, ("A", "x"), ("A", 42), ("B", true), ("C", (string?)null)));

    [TestMethod]
    public void SessionAndTraceAreOmittedIfThereAreNone() => Assert.AreEqual(
        "{\"time\":\"1970-01-01T00:00:00.0000000Z\",\"function\":\"t\",\"address\":\"\",\"actor\":{\"login\":\"\",\"id\":\"\"},\"fields\":[]}\n",
        Encoding.UTF8.GetString(Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "", new AuditActor("", ""), []))));

    [TestMethod]
    public void ControlsQuotesAndBackslashesAreEscapedAndTheRestIsAsItIs() => Assert.Contains(
        "[[\"q\\\"\",\"\\\\ \\n\\r\\t\\u0000\\u001b\\u007f\\u0085\\u2028\\u202e\\ufeff [é日😀] \\ud800\"]]",
        Written.With(Format, Written.ViewEntity, ("q\"", "\\ \n\r\t\0\u001b\u007f\u0085\u2028\u202e\ufeff [é日😀] \ud800")));

    [TestMethod]
    public void TicksSessionAndTraceAreReadBack()
    {
        var record = new AuditRecord(Written.Time.AddTicks(1234567), "::1", new AuditActor("a", "1"), [("a", "b")], FormatExtensions.Function.Name, "s\ud800", "t");

        Assert.AreEqual(record, Format.ReadAll(Format.ToBytes(record)).Single().Piece.Record);
    }

    [TestMethod]
    public void MembersInAnotherOrderAndUnknownOnesAreRead()
    {
        byte[] line = "{\"time\":\"2014-02-05T10:48:19Z\", \"later\":{\"x\":[1]}, \"fields\":[[\"a\",\"\\u00e9\\/\\b\\f\"]], \"actor\":{\"id\":\"1\",\"login\":\"l\",\"x\":[]},\"address\":\"h\"}\r\n"u8.ToArray();

        (_, AuditReadResult piece) = Format.ReadAll(line).Single();

        Assert.IsNull(piece.Problem);
        Assert.AreEqual(new AuditRecord(new DateTimeOffset(2014, 2, 5, 10, 48, 19, TimeSpan.Zero), "h", new AuditActor("l", "1"), [("a", "é/\b\f")]), piece.Record);
    }

    [TestMethod]
    [DataRow("{\"time\":\"x\",\"address\":\"h\",\"actor\":{\"login\":\"l\",\"id\":\"1\"},\"fields\":[]}", DisplayName = "no time")]
    [DataRow("{\"time\":\"2014-02-05T10:48:19Z\",\"address\":\"h\",\"actor\":{\"login\":\"l\"},\"fields\":[]}", DisplayName = "no id")]
    [DataRow("{\"time\":\"2014-02-05T10:48:19Z\",\"address\":\"h\",\"actor\":{\"login\":\"l\",\"id\":\"1\"},\"fields\":[[\"a\"]]}", DisplayName = "half a pair")]
    [DataRow("{\"time\":\"2014-02-05T10:48:19Z\",\"address\":\"h\",\"actor\":[],\"fields\":{}}", DisplayName = "other kinds")]
    [DataRow("{\"time\":\"2014-02-05T10:48:19Z\"} {}", DisplayName = "two objects")]
    [DataRow("[1]", DisplayName = "an array")]
    [DataRow("a note", DisplayName = "a note")]
    public void ALineThatIsNoRecordIsDamage(string line)
    {
        (int offset, AuditReadResult piece) = Format.ReadAll(Encoding.UTF8.GetBytes(line + "\n\n")).Single();

        Assert.AreEqual((0, line.Length + 1, AuditLogProblemKind.Damage), (offset, piece.Consumed, piece.Problem));
        Assert.IsNull(piece.Record);
    }

    [TestMethod]
    public void InvalidTextMakesARecordDoubtful()
    {
        byte[] line = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "h", new AuditActor("l", "1"), [("a", "xyz")]));
        line[line.AsSpan().IndexOf("xyz"u8)] = 0xff;

        (_, AuditReadResult piece) = Format.ReadAll(line).Single();

        Assert.AreEqual(AuditLogProblemKind.Damage, piece.Problem);
        Assert.AreEqual("\ufffdyz", piece.Record?["a"]);
    }

    [TestMethod]
    public void ARecordGluedToATornOneIsRead()
    {
        byte[] whole = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "h", new AuditActor("l", "1"), [("a", "{\"time\":\"")]));

        List<(int Offset, AuditReadResult Piece)> found = Format.ReadAll([.. whole[..40], .. whole, 0, 0, 0, .. whole]);

        CollectionAssert.AreEqual(
            new (int, AuditLogProblemKind?)[] { (0, AuditLogProblemKind.GluedRecord), (40, null), (40 + whole.Length, AuditLogProblemKind.Damage), (43 + whole.Length, null) },
            found.Select(piece => (piece.Offset, piece.Piece.Problem)).ToArray());
    }

    [TestMethod]
    public void TheReaderReadsAFileOfThisFormat()
    {
        using var folder = new TempFolder();
        folder.Write("a.log", "");
        File.WriteAllBytes(folder["a.log"], Format.ToBytes(Enumerable.Range(0, 3).Select(i => new AuditRecord(DateTimeOffset.UnixEpoch, "h", new AuditActor("l", "1"), [("n", i)]))));

        ReadBack read = ReadBack.Of(folder["a.log"]);

        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, read.Records.Select(item => item.Record["n"]).ToArray());
        Assert.IsEmpty(read.Problems);
    }

    [TestMethod]
    public void EveryLineIsParsedByDotNet()
    {
        foreach (string text in HostileTexts.All)
        {
            string line = Written.With(Format, Written.ViewEntity, (text, text));
            using JsonDocument document = JsonDocument.Parse(line);
            Assert.AreEqual("entity-view", document.RootElement.GetProperty("function").GetString());
            Assert.AreEqual(1, line.Count(c => c == '\n'));
        }
    }

    [TestMethod]
    [DataRow("\"function\":\"a\",\"function\":\"b\",\"actor\":{\"login\":\"x\",\"id\":\"1\"}")]
    [DataRow("\"function\":\"a\",\"actor\":{\"login\":\"x\",\"login\":\"y\",\"id\":\"1\"}")]
    [DataRow("\"function\":\"a\",\"actor\":{\"login\":\"x\",\"id\":\"1\"},\"later\":1,\"later\":2")]
    [DataRow("\"function\":\"a\",\"actor\":{\"login\":\"x\",\"id\":\"1\"},\"funct\\u0069on\":\"b\"")]
    public void ARecordThatSaysAnythingTwiceIsDoubtful(string members)
    {
        string line = $"{{\"time\":\"2026-11-22T14:00:05.0000000Z\",\"address\":\"host\",{members},\"fields\":[]}}\n";

        AuditReadResult result = new JsonFormat().Read(System.Text.Encoding.UTF8.GetBytes(line), isFinal: true);

        Assert.AreEqual(AuditLogProblemKind.Damage, result.Problem);
        Assert.IsNotNull(result.Record);
    }
}
