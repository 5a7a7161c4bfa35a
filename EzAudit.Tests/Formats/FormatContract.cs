using System.Buffers;
using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;
using FsCheck.Fluent;
using FsCheck;

namespace EzAudit.Tests.Formats;

/// <summary>The contract of every format; the tests of each format inherit it.</summary>
public abstract class FormatContract
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(30);

    /// <summary>The format under test, in UTC.</summary>
    public abstract IAuditFormat Format { get; }

    /// <summary>The record after it has been written and read: a format may add to it, such as the function.</summary>
    protected virtual AuditRecord AsRead(AuditRecord record) => record;

    [TestMethod]
    [Fault(41)]
    public void EveryRecordEndsWithTheTerminatorAndHoldsItNowhereElse() =>
        Check.One(Thorough, Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
        {
            ReadOnlySpan<byte> bytes = Format.ToBytes(record);
            return bytes.IndexOf(Format.Terminator) == bytes.Length - Format.Terminator.Length;
        }));

    [TestMethod]
    public void WhatClosesATornTailEndsWithTheTerminator() =>
        Assert.IsTrue(Format.TornTailEnd.EndsWith(Format.Terminator));

    [TestMethod]
    [Fault(52)]
    public void TheBytesAreTheSameInEveryCulture()
    {
        AuditField[] fields = [("Integer", -1234567), ("Double", -1234.5), ("Decimal", 1.5m), ("Time", DateTimeOffset.UnixEpoch), ("Title", "Iİıi")];
        var record = new AuditRecord(DateTimeOffset.UnixEpoch.AddDays(13655), "::1", new AuditActor("admin", "14"), fields);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            byte[] expected = Format.ToBytes(record);
            foreach (string name in new[] { "th-TH", "ar-SA", "tr-TR", "fa-IR", "de-DE", "sv-SE" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(name);
                CollectionAssert.AreEqual(expected, Format.ToBytes(record), name);
                if (Format.CanRead) Assert.AreEqual(record.Time, Format.ReadAll(expected).Single().Piece.Record!.Time, name);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [Fault(56)]
    public void NoTimeIsTooEarlyOrTooLate()
    {
        foreach (DateTimeOffset time in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch.AddTicks(-1) })
        {
            byte[] bytes = Format.ToBytes(new AuditRecord(time, "a", new AuditActor("l", "i"), []));
            if (!Format.CanRead) continue;
            DateTimeOffset read = Format.ReadAll(bytes).Single().Piece.Record!.Time;
            Assert.AreEqual(time.ToUnixTimeSeconds(), read.ToUnixTimeSeconds());
        }
    }

    [TestMethod]
    public void ManyThreadsWriteTheSameBytes()
    {
        IAuditFormat format = Format;
        AuditRecord[] records = [.. Enumerable.Range(0, 64).Select(i => new AuditRecord(
            DateTimeOffset.UnixEpoch.AddSeconds(i), "a", new AuditActor("l", "i"), [("n", i)]))];
        byte[][] expected = [.. records.Select(record => format.ToBytes(record))];
        Parallel.For(0, 4096, i => CollectionAssert.AreEqual(expected[i % 64], format.ToBytes(records[i % 64])));
    }

    [TestMethod]
    [Fault(41, 44)]
    public void ReadingUndoesWriting()
    {
        if (!Format.CanRead) return;
        Check.One(Thorough, Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
        {
            byte[] bytes = Format.ToBytes(record);
            return Format.ReadAll(bytes) is [(0, var piece)] && AsRead(record).Equals(piece.Record) && piece.Problem is null && piece.Consumed == bytes.Length;
        }));
    }

    [TestMethod]
    public void ManyRecordsAreReadAsThatMany()
    {
        if (!Format.CanRead) return;
        Check.One(Thorough.WithMaxTest(300), Prop.ForAll(NastyText.Record.ArrayOf().ToArbitrary(), records =>
            Format.ReadAll(Format.ToBytes(records)).Select(found => found.Piece.Record).SequenceEqual(records.Select(AsRead))));
    }

    [TestMethod]
    public void ArbitraryBytesAreReadToTheirEnd()
    {
        if (!Format.CanRead) return;
        Gen<byte[]> rubbish = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        Check.One(Thorough, Prop.ForAll(rubbish.ToArbitrary(), bytes => { Format.ReadAll(bytes); }));
    }

    [TestMethod]
    public void BytesThatArriveOneByOneAreReadAsAWhole()
    {
        if (!Format.CanRead) return;
        Check.One(Thorough.WithMaxTest(200), Prop.ForAll(NastyText.Record.Where(IsShort).ArrayOf().ToArbitrary(), records =>
            Format.ReadAll(Format.ToBytes(records), step: 1).Select(found => found.Piece.Record).SequenceEqual(records.Select(AsRead))));
    }

    // An incomplete record is parsed again for each byte.
    private static bool IsShort(AuditRecord record) =>
        record.Address.Length + record.Actor.Login.Length + record.Actor.Id.Length + record.Fields.Sum(field => field.Name.Length + field.Value.Length) < 2000;

    [TestMethod]
    public void MutationsOfAFileNeverThrowHangOrHideLaterRecords()
    {
        if (!Format.CanRead) return;
        var last = new AuditRecord(DateTimeOffset.UnixEpoch, "last", new AuditActor("last", "1"), [("last", "last")]);
        byte[] end = [.. Format.Terminator, .. Format.ToBytes(last)];
        Gen<(AuditRecord[], (int, int)[], int)> cases =
            from records in NastyText.Record.ArrayOf()
            from changes in (from at in Gen.Choose(0, int.MaxValue) from to in Gen.Choose(0, 255) select (at, to)).ArrayOf()
            from cut in Gen.Choose(0, int.MaxValue)
            select (records, changes, cut);
        Check.One(Thorough.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), item =>
        {
            (AuditRecord[] records, (int At, int To)[] changes, int cut) = item;
            byte[] bytes = Format.ToBytes(records);
            if (bytes.Length == 0) return true;
            foreach ((int at, int to) in changes) bytes[at % bytes.Length] = (byte)to;
            byte[] file = [.. bytes[..(cut % bytes.Length)], .. end];
            return AsRead(last).Equals(Format.ReadAll(file)[^1].Piece.Record);
        }));
    }

    [TestMethod]
    public void ATornTailIsReportedWhereverItIsTorn()
    {
        if (!Format.CanRead) return;
        byte[] first = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "first", new AuditActor("l", "1"), [("a", "b\nc")]));
        byte[] second = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "é", new AuditActor("l", "2"), [("a", "b\nc\n"), ("c", "d")]));
        for (int cut = 1; cut < second.Length; cut++)
        {
            List<(int Offset, AuditReadResult Piece)> found = Format.ReadAll([.. first, .. second[..cut]]);
            Assert.HasCount(2, found);
            Assert.AreEqual((first.Length, AuditLogProblemKind.TornTail, cut), (found[1].Offset, found[1].Piece.Problem, found[1].Piece.Consumed));
        }
    }

    [TestMethod]
    public void AClosedTornTailIsRecognizedWhereverItIsTorn()
    {
        if (!Format.CanRead) return;
        byte[] second = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "é", new AuditActor("l", "2"), [("a", "b\nc\n"), ("c", "d")]));
        byte[] third = Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, "third", new AuditActor("l", "3"), []));
        for (int cut = 1; cut < second.Length; cut++)
        {
            byte[] torn = [.. second[..cut], .. Format.TornTailEnd];
            List<(int Offset, AuditReadResult Piece)> found = Format.ReadAll([.. torn, .. third]);
            Assert.HasCount(2, found);
            Assert.AreEqual((0, AuditLogProblemKind.TornRecord, torn.Length), (found[0].Offset, found[0].Piece.Problem, found[0].Piece.Consumed));
            Assert.IsNull(found[0].Piece.Record);
            Assert.AreEqual("third", found[1].Piece.Record?.Address);
        }
    }

    [TestMethod]
    public void WritingCommonFieldsAllocatesNothing()
    {
        var function = new AuditFunction { Name = "t" };
        var actor = new AuditActor("editor", "16");
        var output = new ArrayBufferWriter<byte>(4096);
        IAuditFormat format = Format;
        void Write()
        {
            output.ResetWrittenCount();
            format.Write(new AuditRecordView(function, DateTimeOffset.UnixEpoch, "127.0.0.1", actor,
                [("Node ID", 124), ("Content Name", "Blåbær\nsyltetøy"), ("Hidden", true), ("Price", 1.5), ("Comment", "Moved")]), output);
        }
        Assert.AreEqual(0, Allocation.Of(Write));
    }
}
