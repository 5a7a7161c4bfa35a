using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling.Entries;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.Spooling;

/// <summary>An entry of the spool gives back what was written, whatever the texts are.</summary>
[TestClass]
public sealed class EntryFormatTests
{
    [TestMethod]
    public void EveryRecordComesBackAsItWas() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
    {
        var view = new AuditRecordView(
            new AuditFunction { Name = record.Function ?? "f" }, record.Time.ToUniversalTime(), record.Address, record.Actor, record.FieldSpan, record.Session, record.Trace);
        AuditLedgerPlace? place = record.Fields.Count % 2 == 0 ? null : new AuditLedgerPlace(record.Address, record.Fields.Count, long.MaxValue - record.Fields.Count);
        view = view with { Place = place };
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', record.Fields.Count)];
        var output = new ArrayBufferWriter<byte>();
        EntryFormat.Write(view, output);
        output.Write(bytes);

        AuditRecord read = EntryFormat.Read(output.WrittenSpan);

        Assert.AreEqual(new AuditRecord(view.Time, view.Address, view.Actor, view.Fields, view.Function.Name, view.Session, view.Trace), read);
        CollectionAssert.AreEqual(bytes, EntryFormat.BytesOf(output.WrittenMemory).ToArray());
        Assert.AreEqual(place, EntryFormat.PlaceOf(output.WrittenSpan));
        return EntryFormat.FunctionOf(output.WrittenSpan) == record.Function || record.Function is null;
    }));

    [TestMethod]
    public void AnEntryOfAVersionWithoutPlacesIsRead()
    {
        // The size of the record, its time, no flags, the texts "f", "a", "l" and "i", no fields, and the formatted bytes.
        byte[] entry = [18, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, (byte)'f', 2, (byte)'a', 2, (byte)'l', 2, (byte)'i', 0, (byte)'x'];

        AuditRecord read = EntryFormat.Read(entry);

        Assert.AreEqual(new AuditRecord(new DateTimeOffset(1, TimeSpan.Zero), "a", new AuditActor("l", "i"), [], "f"), read);
        Assert.IsNull(EntryFormat.PlaceOf(entry));
        CollectionAssert.AreEqual("x"u8.ToArray(), EntryFormat.BytesOf(entry).ToArray());
    }

    [TestMethod]
    [DataRow("\ud800")]
    [DataRow("a\udc00b")]
    [DataRow("\0")]
    [DataRow("ü€\U0001F600")]
    public void TextsThatAreNoUnicodeAreKept(string text)
    {
        foreach (int length in new[] { 1, 20, 21, 22, 63, 64, 65, 5000, 70_000 })
        {
            string value = string.Concat(Enumerable.Repeat(text, length));
            var output = new ArrayBufferWriter<byte>();
            EntryFormat.Write(new AuditRecordView(new AuditFunction { Name = "f" }, TestClock.Start, "", new AuditActor("", ""), [("Name", value)]), output);
            Assert.AreEqual(value, EntryFormat.Read(output.WrittenSpan)["Name"]);
        }
    }

    [TestMethod]
    [DataRow("host/app", "0123456789abcdef", 1, "host/app/0123456789abcdef/1")]
    [DataRow("a b/ü/%", "r/1", long.MaxValue, "a%20b/%C3%BC/%25/r%2F1/9223372036854775807")]
    [DataRow("", "r", 7, "/r/7")]
    public void AnIdIsReadBackFromItsText(string origin, string run, long number, string text)
    {
        var id = new AuditRecordId(origin, run, number);
        Assert.AreEqual(text, id.ToString());
        Assert.IsTrue(AuditRecordId.TryParse(text, out AuditRecordId read));
        Assert.AreEqual(id, read);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("a/b")]
    [DataRow("a//1")]
    [DataRow("a/b/0")]
    [DataRow("a/b/-1")]
    [DataRow("a/b/01")]
    [DataRow("a b/c/1")]
    public void WhatIsNoIdIsNone(string? text) => Assert.IsFalse(AuditRecordId.TryParse(text, out _));
}
