using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EzAudit.Extensibility;
using EzAudit.Formats.RecordDiff;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Formats.RecordDiff;

[TestClass]
public sealed class RecordDiffFormatTests : FormatContract
{
    private static readonly AuditFunction Update = new() { Name = "record-update" };

    public override IAuditFormat Format => new RecordDiffFormat(DateTimeZone.Utc);

    private string Line(params AuditField[] fields) => Written.With(Format, Update, fields);

    [TestMethod]
    public void AnUpdateIsTheSampleOfUSoft() => Assert.AreEqual(
        "<!-- On Wed 05 Feb 2014 10:48:19 administrator updated USR_ACC( ACC_ID, USR_ACC). ACC_ID: '100' USR_ACC: 'test123' FIRST_NAME: 'John Doe' changed to: 'John test' --> "
        + "<USR_ACC TIMESTAMP=\"2014/0205104819\" USER=\"administrator\"> <ACC_ID key=\"100\" /> <USR_ACC key=\"test123\" /> <FIRST_NAME old=\"John Doe\" new=\"John test\" /> </USR_ACC>\n",
        Line(("Table", "USR_ACC"), ("SIDU", "U"), ("#ACC_ID", 100), ("#USR_ACC", "test123"), ("FIRST_NAME old", "John Doe"), ("FIRST_NAME new", "John test")));

    [TestMethod]
    [DataRow("I", "inserted", "A new", "A: 'x'", "<A new=\"x\" />")]
    [DataRow("D", "deleted", "A old", "A: 'x'", "<A old=\"x\" />")]
    [DataRow("S", "selected", "Rows", "Rows: 'x'", "<Rows value=\"x\" />")]
    [DataRow("?", "touched", "A old", "A: 'x'", "<A old=\"x\" />")]
    public void TheLetterShowsTheKindOfChange(string sidu, string verb, string field, string words, string element) => Assert.AreEqual(
        $"<!-- On Wed 05 Feb 2014 10:48:19 administrator {verb} T. {words} --> <T TIMESTAMP=\"2014/0205104819\" USER=\"administrator\"> {element} </T>\n",
        Line(("Table", "T"), ("SIDU", sidu), (field, "x")));

    [TestMethod]
    public void ARecordWithoutATableIsItsFunctionAndItsSentence() => Assert.AreEqual(
        "<!-- On Wed 05 Feb 2014 10:48:19 administrator:  '' (7) in project '' was viewed. --> "
        + "<entity-view TIMESTAMP=\"2014/0205104819\" USER=\"administrator\"> <Entity_x0020_ID value=\"7\" /> </entity-view>\n",
        Written.With(Format, Written.ViewEntity, ("Entity ID", 7)));

    [TestMethod]
    public void OldAndNewOfDifferentColumnsStayApart() => Assert.EndsWith(
        " <A old=\"1\" /> <B new=\"2\" /> <A new=\"3\" /> </T>\n", Line(("Table", "T"), ("A old", 1), ("B new", 2), ("A new", 3)));

    [TestMethod]
    public void HyphensInTheCommentNeverEndIt()
    {
        string line = Line(("Table", "T-"), ("SIDU", "U"), ("A old", "a--b-->c-"), ("A new", "-"));

        Assert.StartsWith("<!-- On Wed 05 Feb 2014 10:48:19 administrator updated T\\u{2d}. A: 'a\\u{2d}-b\\u{2d}->c\\u{2d}' changed to: '\\u{2d}' --> <T- ", line);
        Assert.AreEqual("a--b-->c-", XDocument.Parse(line).Root!.Element("A")!.Attribute("old")!.Value);
    }

    [TestMethod]
    public void EveryTextIsReadByDotNetInNamesAndInValues()
    {
        foreach (string text in HostileTexts.All)
        {
            XElement root = Parse(Line(("Table", text), ("SIDU", "U"), ("#c" + text, text), ($"c{text} old", text), ($"c{text} new", text)));
            XElement[] columns = [.. root.Elements()];

            Assert.AreEqual(text.Length == 0 ? "_" : text, XmlConvert.DecodeName(root.Name.LocalName));
            Assert.HasCount(2, columns);
            foreach (XElement column in columns) Assert.AreEqual("c" + text, XmlConvert.DecodeName(column.Name.LocalName));
            foreach (XAttribute value in columns.SelectMany(column => column.Attributes())) Assert.AreEqual(AsXmlHasIt(text), value.Value);
        }
    }

    private static XElement Parse(string line)
    {
        Assert.AreEqual(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        using var reader = XmlReader.Create(new StringReader(line), new XmlReaderSettings { MaxCharactersInDocument = 0 });
        return XDocument.Load(reader).Root!;
    }

    // Characters that XML 1.0 cannot represent are escaped as in the classic format.
    private static string AsXmlHasIt(string text)
    {
        var result = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text, i)) result.Append(text, i++, 2);
            else if (XmlConvert.IsXmlChar(text[i])) result.Append(text[i]);
            else result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[i]:x}}}");
        }
        return result.ToString();
    }
}
