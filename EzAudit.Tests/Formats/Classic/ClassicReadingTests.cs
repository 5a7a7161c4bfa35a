using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Formats.Classic;

[TestClass]
public sealed class ClassicReadingTests
{
    private const string Header = "[ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\n";
    private const string Whole = Header + "n: 1\n\n";

    // Each piece as its offset and length, and its kind or its fields.
    private static string Read(string file)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(file);
        var format = new ClassicFormat(DateTimeZone.Utc);
        return string.Join(" | ", format.ReadAll(bytes).Select(Describe));
    }

    private static string Describe((int Offset, AuditReadResult Piece) found)
    {
        string what = string.Join(' ', found.Piece.Problem?.ToString(), found.Piece.Record is { } record ? string.Join(";", record.Fields) : null);
        return string.Create(CultureInfo.InvariantCulture, $"{found.Offset}+{found.Piece.Consumed} {what.Trim(' ')}");
    }

    [TestMethod]
    public void ATornRecordEndsWhereTheNextHeaderBegins() => Assert.AreEqual(
        "0+53 TornRecord | 53+54 n: 1", Read(Header + "n: 1\n" + Whole));

    [TestMethod]
    public void AGluedRecordBeginsInTheMiddleOfATornLine() =>
        Assert.AreEqual("0+50 GluedRecord | 50+54 n: 1", Read(Header + "n:" + Whole));

    [TestMethod]
    public void ARecordGluedToATornHeaderIsFound() => Assert.AreEqual(
        "0+25 GluedRecord | 25+54 n: 1 | 79+10 Damage | 89+54 n: 1", Read(Header[..25] + Whole + Header[..10] + Whole));

    [TestMethod]
    public void ALastLineWithoutItsCarriageReturnKeepsItsTextAndIsNotReliedOn() => Assert.AreEqual(
        "0+57 Damage n: 12 | 57+57 n: 1", Read(Header[..^1] + "\r\n" + "n: 12\n\r\n" + Whole.Replace("\n", "\r\n", StringComparison.Ordinal)));

    [TestMethod]
    public void ALoneLineFeedAfterAHeaderFailsNothing() => StringAssert.StartsWith(Read(Header[..^1] + "\r\n\n\r\n"), "0+52 Damage", StringComparison.Ordinal);

    [TestMethod]
    [Fault(6)]
    public void ARunOfNulsBetweenRecordsIsDamage() =>
        Assert.AreEqual("0+54 n: 1 | 54+5000 Damage | 5054+54 n: 1", Read(Whole + new string('\0', 5000) + Whole));

    [TestMethod]
    [Fault(6)]
    public void NulsAtTheEndAreDamage() => Assert.AreEqual("0+54 n: 1 | 54+7 Damage", Read(Whole + new string('\0', 7)));

    [TestMethod]
    public void ARecordWithAHoleIsDamageAsAWhole() =>
        Assert.AreEqual("0+57 Damage | 57+54 n: 1", Read(Header + "n: \0\0\0\0\n\n" + Whole));

    [TestMethod]
    public void ATornRecordWithAHoleIsDamageUpToTheNextHeader() =>
        Assert.AreEqual("0+52 Damage | 52+54 n: 1", Read(Header + "\0\0\0\0" + Whole));

    [TestMethod]
    public void RubbishBetweenRecordsIsDamageWithoutTheEmptyLinesAround() =>
        Assert.AreEqual("2+54 n: 1 | 57+3 Damage | 63+54 n: 1", Read("\n\n" + Whole + "\nabc\n\n\n" + Whole));

    [TestMethod]
    public void ExtraEmptyLinesMeanNothing() => Assert.AreEqual("1+54 n: 1 | 58+54 n: 1", Read("\n" + Whole + "\n\n\n" + Whole + "\n\n"));

    [TestMethod]
    public void AByteOrderMarkIsOnlyDamage() => Assert.AreEqual("0+3 Damage | 3+54 n: 1", Read("\u00ef\u00bb\u00bf" + Whole));

    [TestMethod]
    public void ALineThatIsNoFieldBelongsToTheValueAboveAndIsReported() =>
        Assert.AreEqual("0+66 Damage n: 1\nmore\n;m: 2", Read(Header + "n: 1\nmore\n\t\nm: 2\n\n"));

    [TestMethod]
    public void ALineThatIsNoFieldDirectlyBelowTheHeaderIsKeptWithoutAName() =>
        Assert.AreEqual("0+61 Damage : more;n: 1\nx", Read(Header + "more\nn: 1\nx\n\n"));

    [TestMethod]
    public void TextAfterAnEmptyLineInAValueOfEzPublishIsDamage() =>
        Assert.AreEqual("0+54 n: 1 | 54+8 Damage | 64+54 n: 1", Read(Whole + "b\nm: 2\n" + "c\n\n" + Whole));

    [TestMethod]
    public void ASingleNulOrABadByteIsReportedBesideTheRecord()
    {
        Assert.AreEqual("0+54 Damage n: \0", Read(Header + "n: \0\n\n"));
        Assert.AreEqual("0+54 Damage n: \ufffd", Read(Header + "n: \u00e5\n\n"));
    }

    [TestMethod]
    public void ControlCharactersThatEzPublishWroteAreAccepted() => 
        Assert.AreEqual("0+58 n: a\r\u001bb\r", Read(Header + "n: a\r\u001bb\r\n\n"));

    [TestMethod]
    public void AHeaderThatHasNoEndIsDamage() => Assert.AreEqual("0+33 Damage | 33+54 n: 1", Read(Header[..31] + "\n\n" + Whole));

    [TestMethod]
    public void AnImpossibleDateIsNoHeader() =>
        Assert.AreEqual("0+52 Damage | 54+54 n: 1", Read(Whole.Replace("May 23", "Feb 30", StringComparison.Ordinal) + Whole));

    [TestMethod]
    public void AForgedHeaderInAContinuationLineIsNoRecordEvenIfItsOwnHeaderIsDamaged() =>
        Assert.AreEqual("0+79 Damage | 80+54 n: 1", Read(new string('\0', 30) + "\n\t" + Header + Whole));

    [TestMethod]
    public void AFileConvertedToCrLfIsReadAsBefore() => Assert.AreEqual(
        "0+67 n: a\nb;m: 2 | 67+67 n: a\nb;m: 2",
        Read((Header + "n: a\n\tb\nm: 2\n\n" + Header + "n: a\n\tb\nm: 2\n\n").Replace("\n", "\r\n", StringComparison.Ordinal)));

    [TestMethod]
    [Fault(45)]
    public void BracketsAndColonsInALoginOfEzPublishAreItsOwn()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[ May 23 2007 14:47:58 ] [127.0.0.1] [x] [a:b:6]\n\n");
        AuditRecord? record = new ClassicFormat(DateTimeZone.Utc).Read(bytes, isFinal: true).Record;
        Assert.AreEqual(("127.0.0.1", new AuditActor("x] [a:b", "6")), (record?.Address, record?.Actor));
    }

    [TestMethod]
    [Fault(46)]
    public void TheEscapesOfNoWriterStayAsTheyAre() =>
        Assert.AreEqual("0+95 n: \\u{} \\u{00} \\u{A} \\u{12345} \\u{ \\u{x} \\u{a", Read(Header + "n: \\u{} \\u{00} \\u{A} \\u{12345} \\u{ \\u{x} \\u{a\n\n"));

    [TestMethod]
    public void ManyTornPiecesInALargeBufferAreReadQuickly()
    {
        // This would take an hour if the whole buffer were searched for each piece.
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Header[..26], 500_000)));
        Assert.HasCount(500_000, new ClassicFormat(DateTimeZone.Utc).ReadAll(bytes));
    }
}
