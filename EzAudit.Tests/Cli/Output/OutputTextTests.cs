using System.Text;
using System.Text.Json;
using EzAudit.Cli.Output;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.Cli.Output;

/// <summary>Strings as CSV, as JSON and for a terminal.</summary>
[TestClass]
public sealed class OutputTextTests
{
    [TestMethod]
    [Fault(73)]
    [DataRow("plain", "plain")]
    [DataRow("a,b", "\"a,b\"")]
    [DataRow("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [DataRow("a\nb", "\"a\nb\"")]
    [DataRow("=1+1", "'=1+1")]
    [DataRow("+1", "'+1")]
    [DataRow("-1", "'-1")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("\t=1", "'\t=1")]
    [DataRow("\r=1", "\"'\r=1\"")]
    [DataRow("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [DataRow("\n=1", "\"'\n=1\"")]
    [DataRow("＝1", "'＝1")]
    [DataRow("", "")]
    [DataRow("1=1", "1=1")]
    public void ACellIsQuotedWhereItMustBeAndIsNoFormula(string text, string cell) => Assert.AreEqual($"x,{cell}\r\n", CsvText.Line("x", text));

    [TestMethod]
    public void CsvReadsBack() => ForAll(text =>
    {
        string line = CsvText.Line(text, "end");

        string read = ReadCell(line, out string rest);
        Assert.AreEqual(",end\r\n", rest);
        Assert.IsTrue(read == text || read == "'" + text, text);
        Assert.IsFalse(read.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(read[0], StringComparison.Ordinal), text);
    });

    [TestMethod]
    public void JsonReadsBackAndCannotSteerATerminal() => ForAll(text =>
    {
        string json = new JsonLine().Open('[').Value(text).Value(1).Value((string?)null).Close(']').ToString();

        Assert.IsFalse(json.Any(c => char.IsControl(c) || char.IsSurrogate(c) && !IsPaired(json, c)), json);
        Assert.AreEqual(text, Unescape(json[2..json.LastIndexOf("\",1,null]", StringComparison.Ordinal)]));
        if (!HasLoneSurrogate(text)) Assert.AreEqual(text, JsonDocument.Parse(json).RootElement[0].GetString());
    });

    [TestMethod]
    [Fault(42)]
    public void WhatIsShownCannotSteerATerminal() => ForAll(text =>
    {
        string visible = VisibleText.Of(text);

        Assert.IsFalse(visible.Any(char.IsControl), visible);
        Assert.IsFalse(visible.Any(c => c is >= '\u202a' and <= '\u202e'), visible);
    });

    [TestMethod]
    public void PlainTextIsShownAsItIs()
    {
        Assert.AreEqual("Übung 🙂 C:\\temp", VisibleText.Of("Übung 🙂 C:\\temp"));
        Assert.AreEqual("a\n\tb\\u{1b}[31m", VisibleText.Of("a\n\tb\u001b[31m", keepsLines: true));
    }

    private static void ForAll(Action<string> holds) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(NastyText.Text.ToArbitrary(), holds));

    private static string ReadCell(string line, out string rest)
    {
        if (!line.StartsWith('"'))
        {
            int comma = line.IndexOf(',', StringComparison.Ordinal);
            rest = line[comma..];
            return line[..comma];
        }
        var cell = new StringBuilder();
        int i = 1;
        for (; line[i] != '"' || line[i + 1] == '"'; i++)
        {
            if (line[i] == '"') i++;
            cell.Append(line[i]);
        }
        rest = line[(i + 1)..];
        return cell.ToString();
    }

    private static bool IsPaired(string text, char c)
    {
        int index = text.IndexOf(c, StringComparison.Ordinal);
        return char.IsHighSurrogate(c) ? char.IsLowSurrogate(text[index + 1]) : char.IsHighSurrogate(text[index - 1]);
    }

    private static bool HasLoneSurrogate(string text) => new UTF8Encoding(false, false).GetString(Encoding.UTF8.GetBytes(text)) != text;

    // Reads by RFC 8259, which allows lone surrogates; .NET's reader refuses them.
    private static string Unescape(string json)
    {
        var text = new StringBuilder();
        for (int i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }
            i++;
            if (json[i] == 'u')
            {
                text.Append((char)Convert.ToInt32(json.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                text.Append(json[i] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
        }
        return text.ToString();
    }
}
