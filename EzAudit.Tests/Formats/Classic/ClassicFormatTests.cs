using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Formats.Classic;

[TestClass]
public sealed class ClassicFormatTests : FormatContract
{
    private static readonly DateTimeOffset Time = new(2007, 5, 23, 14, 47, 58, TimeSpan.Zero);

    public override IAuditFormat Format => new ClassicFormat(DateTimeZone.Utc);

    private string Written(string address, string login, string id, params AuditField[] fields) =>
        Encoding.UTF8.GetString(Format.ToBytes(new AuditRecord(Time, address, new AuditActor(login, id), fields)));

    private void AssertFields(string expected, params AuditField[] fields) =>
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [127.0.0.1] [admin:14]\n" + expected + "\n", Written("127.0.0.1", "admin", "14", fields));

    [TestMethod]
    public void TheSampleOfTheManualIsReproducedByteForByte() => Assert.AreEqual(
        "[ May 23 2007 14:47:58 ] [127.0.0.1] [editor:16]\nNode ID: 124\nOld parent node ID: 2\nNew parent node ID: 59\nObject ID: 114\n"
        + "Content Name: Folder\nComment: Moved the node to the given node\n\n",
        Written("127.0.0.1", "editor", "16", ("Node ID", 124), ("Old parent node ID", 2), ("New parent node ID", 59), ("Object ID", 114),
            ("Content Name", "Folder"), ("Comment", "Moved the node to the given node")));

    [TestMethod]
    public void ARecordWithoutFieldsIsItsHeaderAndAnEmptyLine() => AssertFields("");

    [TestMethod]
    public void EmptyNamesAndValuesAreWrittenAsTheyAre() =>
        AssertFields("Empty: \n: no key\n: \n", ("Empty", ""), ("", "no key"), ("", ""));

    [TestMethod]
    [Fault(45)]
    public void PunctuationIsUntouchedButTheColonOfASeparatorInAName() => AssertFields(
        "a:b: c: d\nx=y: z===\n# no comment: ## kept\n[s]: [t]\n\\u{3a} : : \n",
        ("a:b", "c: d"), ("x=y", "z==="), ("# no comment", "## kept"), ("[s]", "[t]"), (": ", ": "));

    [TestMethod]
    [Fault(43)]
    public void UnicodeIsUntouchedButWhatTurnsTheDirectionOrIsInvisible() => AssertFields(
        "Navn: Blåbærsyltetøy\n日本: 日本語テスト\nemoji: 👩\u200d💻 ok\ncombining: e\u0301\nrtl: \\u{202e}abc\\u{202c} שלום\nbom: \\u{feff}x\n",
        ("Navn", "Blåbærsyltetøy"), ("日本", "日本語テスト"), ("emoji", "👩\u200d💻 ok"), ("combining", "e\u0301"),
        ("rtl", "\u202eabc\u202c שלום"), ("bom", "\ufeffx"));

    [TestMethod]
    public void NumbersFlagsAndNullAreInvariantText() => AssertFields(
        "int: 42\nneg: -7\ntrue: true\nfalse: false\nnull: \ndouble: 0.1\n",
        ("int", 42), ("neg", -7), ("true", true), ("false", false), ("null", (string?)null), ("double", 0.1));

    [TestMethod]
    public void BlanksAndTabsAreKeptButATabBeforeANameIsEscaped() => AssertFields(
        "  key  :   value  \n\\u{9}tab: tab\t\nonly:    \n", ("  key  ", "  value  "), ("\ttab", "tab\t"), ("only", "   "));

    [TestMethod]
    public void ANewlineInAValueStaysInItsRecord() => AssertFields(
        "Content Name: innocent\n\t\n\t[ May 23 2007 14:50:00 ] [10.0.0.1] [admin:14]\n\tRole ID: 1\n\tComment: forged\nComment: real\n",
        ("Content Name", "innocent\n\n[ May 23 2007 14:50:00 ] [10.0.0.1] [admin:14]\nRole ID: 1\nComment: forged"), ("Comment", "real"));

    [TestMethod]
    public void LineEndsOfAllKindsAreEscaped() => AssertFields(
        "a\\u{a}b: c\ncrlf: one\\u{d}\n\ttwo\ncr: one\\u{d}two\nend: trailing\n\t\nls: a\\u{2028}b\\u{2029}c\\u{85}d\n",
        ("a\nb", "c"), ("crlf", "one\r\ntwo"), ("cr", "one\rtwo"), ("end", "trailing\n"), ("ls", "a\u2028b\u2029c\u0085d"));

    [TestMethod]
    [Fault(42, 44)]
    public void ATerminalIsNotToldAnything() => AssertFields("a: \\u{1b}[2J\\u{7}\\u{0}\n", ("a", "\u001b[2J\a\0"));

    [TestMethod]
    [Fault(43, 46)]
    public void LoneSurrogatesAndLiteralEscapesAreEscaped() => AssertFields(
        "a: \\u{d800}x\\u{dfff}\nb: \\u{5c}u{a} C:\\temp\\new\n", ("a", "\ud800x\udfff"), ("b", "\\u{a} C:\\temp\\new"));

    [TestMethod]
    public void ANameThatBeginsLikeAHeaderIsEscaped() => AssertFields("\\u{5b} x: 1\n[x: 2\n", ("[ x", 1), ("[x", 2));

    [TestMethod]
    public void TheStartOfAHeaderInsideALineIsEscaped() => AssertFields(
        "a: see \\u{5b} May 23 2007 14:47:58 ] [x\nb: [ Feb 30 2007 14:47:58 ] [ [ May 23 2007 14:47:58 ]\n",
        ("a", "see [ May 23 2007 14:47:58 ] [x"), ("b", "[ Feb 30 2007 14:47:58 ] [ [ May 23 2007 14:47:58 ]"));

    [TestMethod]
    [Fault(41)]
    public void NobodyForgesAHeaderWithAName()
    {
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [127.0.0.1] [a:b:5]\n\n", Written("127.0.0.1", "a:b", "5"));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [127.0.0.1] [x\\u{5d} \\u{5b}admin:6]\n\n", Written("127.0.0.1", "x] [admin", "6"));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [::1] [:0]\n\n", Written("::1", "", "0"));
        Assert.AreEqual("[ May 23 2007 14:47:58 ] [a\\u{a}\\u{9}] [b\\u{a}:c\\u{3a}d]\n\n", Written("a\n\t", "b\n", "c:d"));
    }

    [TestMethod]
    public void AnAddressThatLooksLikeATimeIsEscaped() => Assert.AreEqual(
        "[ May 23 2007 14:47:58 ] [\\u{20}May 23 2007 14:47:58 ] [:]\n\n", Written(" May 23 2007 14:47:58 ", "", ""));

    [TestMethod]
    public void ALongTextIsWrittenWhole()
    {
        string text = string.Concat(Enumerable.Repeat("😀é\n", 100_000));
        AssertFields("a: " + text.Replace("\n", "\n\t", StringComparison.Ordinal) + "\n", ("a", text));
    }

    [TestMethod]
    public void PlainFieldsAreTheSameNextToOnesThatAreNot()
    {
        AuditField[] plain =
        [
            ("Node ID", 124), ("a", "b"), ("", ""), ("most", long.MaxValue), ("least", long.MinValue), ("Comment", "Moved the node: to the given node"),
        ];
        string alone = Written("127.0.0.1", "editor", "16", plain);
        // A single field that is not plain makes all of them take the general path.
        string beside = Written("127.0.0.1", "editor", "16", [.. plain, ("z", "\u00e9")]);
        Assert.AreEqual(alone[..^1] + "z: \u00e9\n\n", beside);
    }

    [TestMethod]
    public void APlainRecordOfAnyLengthIsWrittenWhole()
    {
        for (int length = 0; length < 1200; length++)
        {
            string text = new('x', length);
            AssertFields($"{text}: 7\nb: {text}\n{text}: {text}\n", (text, 7), ("b", text), (text, text));
        }
    }

    [TestMethod]
    public void EachRecordHasItsOwnHeaderHoweverTimesAndActorsTakeTurns()
    {
        AuditActor[] actors = [new("admin", "14"), new("editor", "16"), new("admin", "14")];
        string[] addresses = ["10.0.0.1", "::1"];
        AuditRecord[] records =
        [
            .. from second in (int[])[0, 0, 1, 0, 2, 2] from actor in actors from address in addresses select new AuditRecord(Time.AddSeconds(second), address, actor, []),
        ];
        Assert.AreEqual(
            string.Concat(records.Select(record => $"[ May 23 2007 {record.Time:HH:mm:ss} ] [{record.Address}] [{record.Actor.Login}:{record.Actor.Id}]\n\n")),
            Encoding.UTF8.GetString(Format.ToBytes(records)));
    }
}
