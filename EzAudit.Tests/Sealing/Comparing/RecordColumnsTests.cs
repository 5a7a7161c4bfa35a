using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Sealing.Comparing;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EzAudit.Tests.Sealing.Comparing;

/// <summary>Which columns of a store contradict the bytes of a record.</summary>
[TestClass]
public sealed class RecordColumnsTests
{
    private static readonly DateTimeZone Vienna = DateTimeZoneProviders.Tzdb["Europe/Vienna"];

    [TestMethod]
    public void NoRecordContradictsItself() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
    {
        var stored = new AuditRecord(record.Time.ToUniversalTime(), record.Address, record.Actor, record.FieldSpan, record.Function ?? "f", record.Session, record.Trace);
        foreach (IAuditFormat format in new IAuditFormat[] { new JsonFormat(), new ClassicFormat(DateTimeZone.Utc), new ClassicFormat(DateTimeZone.Utc, namesFunction: true) })
            Assert.IsNull(Difference(stored, Bytes(stored, format), DateTimeZone.Utc), format.GetType().Name);
        return true;
    }));

    [TestMethod]
    public void EachColumnIsCompared()
    {
        AuditRecord record = Some();
        byte[] json = Bytes(record, new JsonFormat());

        Assert.AreEqual("time", Difference(With(record, time: record.Time.AddTicks(1)), json));
        Assert.AreEqual("function", Difference(With(record, function: "g"), json));
        Assert.AreEqual("login, actor_id", Difference(With(record, actor: new AuditActor("eve", "6")), json));
        Assert.AreEqual("address", Difference(With(record, address: "10.0.0.2"), json));
        Assert.AreEqual("session", Difference(With(record, session: "other"), json));
        Assert.AreEqual("fields", Difference(With(record, fields: [("Order ID", "8")]), json));
        Assert.AreEqual("fields", Difference(With(record, fields: [("Order ID", "7"), ("Order ID", "7")]), json));
    }

    [TestMethod]
    public void ClassicTimesAreComparedInTheirZone()
    {
        AuditRecord record = Some();
        byte[] classic = Bytes(record, new ClassicFormat(Vienna));

        Assert.IsNull(Difference(record, classic, Vienna));
        Assert.IsNull(Difference(record, classic, zone: null));
        Assert.AreEqual("time", Difference(record, classic, DateTimeZone.Utc));
        Assert.AreEqual("time", Difference(With(record, time: record.Time.AddSeconds(1)), classic, zone: null));
        Assert.AreEqual("time", Difference(With(record, time: record.Time.AddDays(1)), classic, zone: null));
        Assert.IsNull(Difference(With(record, time: record.Time.AddMinutes(15)), classic, zone: null), "a zone could be the reason");
        Assert.AreEqual("time", Difference(With(record, time: record.Time.AddMinutes(15)), classic, Vienna));
    }

    [TestMethod]
    public void OtherFormatsAreCounted()
    {
        var columns = new RecordColumns(null);
        ReadOnlyMemory<byte> bytes = "<record/>\n"u8.ToArray();

        Assert.IsNull(columns.FindDifference(Placed(Some(), bytes), columns.Read(bytes.Span)));
        Assert.AreEqual(1, columns.Unreadable);
    }

    private static AuditRecord Some() => new(TestClock.Start.AddTicks(1234567), "10.0.0.1", new AuditActor("anna", "14"), [("Order ID", "7")], "f", "session", "trace");

    private static AuditRecord With(
        AuditRecord record, DateTimeOffset? time = null, string? function = null, AuditActor? actor = null, string? address = null, string? session = null, AuditField[]? fields = null) =>
        new(time ?? record.Time, address ?? record.Address, actor ?? record.Actor, fields ?? record.FieldSpan, function ?? record.Function, session ?? record.Session, record.Trace);

    private static byte[] Bytes(AuditRecord record, IAuditFormat format)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(new AuditRecordView(new AuditFunction { Name = record.Function! }, record.Time, record.Address, record.Actor, record.FieldSpan, record.Session, record.Trace), output);
        return output.WrittenSpan.ToArray();
    }

    private static AuditPlacedRecord Placed(AuditRecord record, ReadOnlyMemory<byte> bytes) => new(new AuditRecordId("o", "r", 1), record, bytes, new AuditLedgerPlace("l", 1, 0));

    private static string? Difference(AuditRecord record, byte[] bytes, DateTimeZone? zone = null)
    {
        var columns = new RecordColumns(zone);
        string? found = columns.FindDifference(Placed(record, bytes), columns.Read(bytes));
        Assert.AreEqual(0, columns.Unreadable);
        return found;
    }
}
