using System.Text;
using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Nats.Messages;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Nats.Messages;

/// <summary>A message is JSON that everybody can read, and gives the record back without loss.</summary>
[TestClass]
public sealed class MessageTests
{
    private static readonly AuditFunction Bare = new() { Name = "user-login" };

    [TestMethod]
    public void ARecordIsReadableJson()
    {
        AuditEnvelope envelope = Envelope(
            [new("Node ID", "124"), new("Comment", "Moved \"up\"\n")], new AuditLedgerPlace("example.com/shop", 3, 128), "[ Nov 29 ] é\n"u8.ToArray());

        Assert.AreEqual(
            """{"id":"web1/shop/0123456789abcdef/17","time":"2026-11-29T22:10:00.1234567Z","function":"user-login","address":"10.0.0.1","login":"anna","actor":"14","session":"s1","trace":"t1","fields":[{"Node ID":"124"},{"Comment":"Moved \"up\"\n"}],"bytes":"[ Nov 29 ] é\n","place":{"ledger":"example.com/shop","file":3,"offset":128}}""",
            Encoding.UTF8.GetString(AuditStreamMessage.Write(envelope)));
    }

    [TestMethod]
    public void HostileTextsComeBack()
    {
        foreach (string text in HostileTexts.All)
        {
            AuditEnvelope envelope = Envelope([new(text, text)], null, Encoding.UTF8.GetBytes(text));
            CollectionAssert.AreEqual(envelope.Bytes.ToArray(), RoundTrip(envelope).Bytes.ToArray());
        }
    }

    [TestMethod]
    [DataRow("\0")]
    [DataRow("\ud800")]
    [DataRow("\udc00\ud800")]
    [DataRow("a\ud83d\ude00b\udfff")]
    [DataRow("\\u0041\\")]
    [DataRow("\u007f\u0080\u2028\ufeff\uffff")]
    [DataRow("\r\n\t\b\f\"/")]
    [DataRow("")]
    public void NastyTextsComeBackInEveryPart(string text)
    {
        var record = new AuditRecord(DateTimeOffset.UnixEpoch, text, new AuditActor(text, text), [new(text, text), new(text, "")], "f" + text, text, text);
        var envelope = new AuditEnvelope(IdOf(1), record, new AuditFunction { Name = "f" + text }, Encoding.UTF8.GetBytes(text));

        AuditEnvelope read = RoundTrip(envelope);

        Assert.AreEqual(record, read.Record);
        CollectionAssert.AreEqual(envelope.Bytes.ToArray(), read.Bytes.ToArray());
        JsonDocument.Parse(AuditStreamMessage.Write(envelope)).Dispose();
    }

    [TestMethod]
    [DataRow(0L)]
    [DataRow(1L)]
    [DataRow(621355968000000000L)]
    [DataRow(633979008001234567L)]
    [DataRow(3155378975999999999L)]
    public void EveryTimeComesBackToTheTick(long ticks)
    {
        var record = new AuditRecord(new DateTimeOffset(ticks, TimeSpan.Zero), "", new AuditActor("", ""), [], "user-login");

        Assert.AreEqual(ticks, RoundTrip(new AuditEnvelope(IdOf(1), record, Bare, ReadOnlyMemory<byte>.Empty)).Record.Time.UtcTicks);
    }

    [TestMethod]
    public void BytesThatAreNoTextComeBackAsBase64()
    {
        byte[] bytes = [0, 0xff, 0xc3, 0x28, 10];
        AuditEnvelope envelope = Envelope([], null, bytes);

        StringAssert.Contains(Encoding.UTF8.GetString(AuditStreamMessage.Write(envelope)), "\"base64\":\"AP/DKAo=\"");
        CollectionAssert.AreEqual(bytes, RoundTrip(envelope).Bytes.ToArray());
    }

    [TestMethod]
    public void TheOutcomeOfADefinedFunctionComesBackAndABareNameStaysBare()
    {
        var failure = new AuditFunction { Name = "user-login", Outcome = AuditOutcome.Failure, Severity = AuditSeverity.Notice, Category = "authentication", Sentence = "{Login}" };
        var success = new AuditFunction { Name = "user-login", Sentence = "{Login}" };

        AuditFunction read = RoundTrip(Envelope(failure)).Function;
        Assert.AreEqual((AuditOutcome.Failure, AuditSeverity.Notice, "authentication"), (read.Outcome, read.Severity, read.Category));
        Assert.AreNotEqual(Bare, RoundTrip(Envelope(success)).Function);
        Assert.AreEqual(AuditOutcome.Success, RoundTrip(Envelope(success)).Function.Outcome);
        Assert.AreEqual(Bare, RoundTrip(Envelope(Bare)).Function);
    }

    [TestMethod]
    [DataRow(null, "{}", "The message has no header EzAudit-Version: EzAudit did not write it.")]
    [DataRow("2", "{}", "The message has version 2, expected 1: a newer EzAudit wrote it. Update this one.")]
    [DataRow("1", "{}", "The id \"\" is not one of EzAudit.")]
    [DataRow("1", "[]", "The payload is not the JSON of a record: found StartArray, expected StartObject.")]
    [DataRow("1", """{"id":"a/b/1"}""", "The payload lacks \"function\" or \"time\".")]
    [DataRow("1", """{"id":"a/b/1","function":"f","time":"2026-11-29T22:10:00.1234567Z"}{""", "The payload is not the JSON of a record: '{' is invalid after a single JSON value. Expected end of data. LineNumber: 0 | BytePositionInLine: 67.")]
    public void WhatIsNoRecordIsRefusedWithAReason(string? version, string payload, string reason) => Assert.AreEqual(
        reason, Assert.ThrowsExactly<FormatException>(() => AuditStreamMessage.Read(Encoding.UTF8.GetBytes(payload), version)).Message);

    [TestMethod]
    public void AnyDamageIsARecordOrAFormatException()
    {
        byte[] whole = AuditStreamMessage.Write(Envelope([new("a", "b\ud800")], new AuditLedgerPlace("l", 1, 2), "x\n"u8.ToArray()));
        var random = new Random(14);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. whole];
            for (int n = random.Next(1, 4); n > 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                AuditStreamMessage.Read(damaged.AsMemory(0, random.Next(damaged.Length + 1)), "1");
            }
            catch (FormatException)
            {
                // The reason; anything else would end the collector.
            }
        }
    }

    [TestMethod]
    public void AnUnknownPropertyIsSkipped() => Assert.AreEqual(
        "f", AuditStreamMessage.Read("""{"new":{"a":[1]},"more":1,"id":"a/b/1","function":"f","time":"2026-11-29T22:10:00.1234567Z","login":null}"""u8.ToArray(), "1").Record.Function);

    [TestMethod]
    [DataRow("web1/shop", "web1%2Fshop")]
    [DataRow("a.b*c>d e", "a%2Eb%2Ac%3Ed%20e")]
    [DataRow("\0\r\n", "%00%0D%0A")]
    [DataRow("é", "%C3%A9")]
    [DataRow("", "-")]
    public void ATokenOfASubjectHasNeitherDotsNorWildcards(string text, string token) => Assert.AreEqual($"audit.{token}.f", MessageSubject.Of("audit", text, "f"));

    private static AuditRecordId IdOf(long number) => new("web1/shop", "0123456789abcdef", number);

    private static AuditEnvelope Envelope(AuditFunction function) =>
        new(IdOf(1), new AuditRecord(DateTimeOffset.UnixEpoch, "", new AuditActor("", ""), [], function.Name), function, ReadOnlyMemory<byte>.Empty);

    private static AuditEnvelope Envelope(AuditField[] fields, AuditLedgerPlace? place, byte[] bytes)
    {
        var time = new DateTimeOffset(2026, 11, 29, 22, 10, 0, TimeSpan.Zero).AddTicks(1_234_567);
        return new AuditEnvelope(IdOf(17), new AuditRecord(time, "10.0.0.1", new AuditActor("anna", "14"), fields, "user-login", "s1", "t1"), Bare, bytes, place);
    }

    private static AuditEnvelope RoundTrip(AuditEnvelope envelope)
    {
        AuditEnvelope read = AuditStreamMessage.Read(AuditStreamMessage.Write(envelope), AuditStreamMessage.Version);
        Assert.AreEqual(envelope.Id, read.Id);
        Assert.AreEqual(envelope.Record, read.Record);
        Assert.AreEqual(envelope.Place, read.Place);
        return read;
    }
}
