using System.Text;
using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.Syslog.Frames;

/// <summary>The bytes of a message.</summary>
[TestClass]
public sealed partial class SyslogFrameTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(30);

    private static readonly AuditFunction Access = new() { Name = "page-access", Severity = AuditSeverity.Warning };

    [TestMethod]
    public void TheBareFrameIsThatOfLog4J()
    {
        byte[] message = FrameText.Of(FrameText.Settings("bare", ("Tag", "audit"), ("Facility", "local1")), "message\n"u8);
        Assert.AreEqual("<142>audit: message", Encoding.UTF8.GetString(message));
    }

    [TestMethod]
    public void TheFrameOfUSoftsClientIsReproducedByteForByte()
    {
        byte[] message = FrameText.Of(
            FrameText.Settings("rfc3164", ("Tag", "{Table}[{SIDU}]")), "<!-- updated -->\n<USR_ACC USER=\"test5\">\r\n\t</USR_ACC>\n"u8, null, ("Table", "USR_ACC"), ("SIDU", "U"));
        Assert.AreEqual("<110>Apr  7 14:20:33 AUDIT_EXAMPLE USR_ACC[U]: <!-- updated --> <USR_ACC USER=\"test5\"> </USR_ACC>", Encoding.UTF8.GetString(message));
    }

    [TestMethod]
    public void TheFrameOfRfc5424HasTheFieldsAsStructuredData()
    {
        byte[] message = FrameText.Of(FrameText.Settings("rfc5424"), "text"u8, null, ("Node ID", 124), ("Größe", "ü"), ("a_b.c", "x"));
        Assert.AreEqual(
            $"<110>1 2007-04-07T12:20:33.123000Z AUDIT_EXAMPLE ezaudit {Environment.ProcessId} record-update [ezaudit@32473 id=\"00000000000000ab-7\" function=\"record-update\""
            + " address=\"10.0.0.1\" login=\"test5\" actor=\"5\"][fields@32473 Node_ID=\"124\" Gr%C3%B6%C3%9Fe=\"ü\" a%5Fb%2Ec=\"x\"] text",
            Encoding.UTF8.GetString(message));
    }

    [TestMethod]
    [DataRow("syslog", AuditSeverity.Notice, 141)]
    [DataRow("log4j", AuditSeverity.Debug, 143)]
    [DataRow("log4j", AuditSeverity.Info, 142)]
    [DataRow("log4j", AuditSeverity.Notice, 142)]
    [DataRow("log4j", AuditSeverity.Warning, 140)]
    [DataRow("log4j", AuditSeverity.Error, 139)]
    [DataRow("log4j", AuditSeverity.Emergency, 139)]
    public void TheSeverityIsTheFunctionsOwn(string levels, AuditSeverity severity, int priority)
    {
        byte[] message = FrameText.Of(FrameText.Settings("bare", ("Facility", "local1"), ("Levels", levels)), "x"u8, Access with { Severity = severity });
        Assert.StartsWith($"<{priority}>", Encoding.UTF8.GetString(message));
    }

    [TestMethod]
    public void ALongTextIsCutBetweenCharactersAndSaysSo()
    {
        for (int length = 500; length < 600; length++)
        {
            string text = new string('x', length) + new string('ü', 600);
            string message = Encoding.UTF8.GetString(FrameText.Of(FrameText.Settings("bare", ("MaxBytes", "1KiB")), Encoding.UTF8.GetBytes(text)));
            Assert.IsLessThanOrEqualTo(1024, Encoding.UTF8.GetByteCount(message));
            Match cut = Cut().Match(message);
            Assert.IsTrue(cut.Success, message);
            int kept = Encoding.UTF8.GetByteCount(cut.Groups[1].Value);
            Assert.AreEqual(length + 1200, kept + int.Parse(cut.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
            Assert.IsGreaterThan(950, kept);
        }
    }

    [TestMethod]
    public void FieldsThatDoNotFitAreCounted()
    {
        byte[] message = FrameText.Of(FrameText.Settings("rfc5424", ("MaxBytes", "1KiB")), "text"u8, null, ("A", "1"), ("B", new string('ü', 1000)), ("C", "3"));
        var parsed = Rfc5424Parser.Parse(message);
        Assert.IsLessThanOrEqualTo(1024, message.Length);
        CollectionAssert.AreEqual(new[] { "A", "B", ".cut" }, parsed.Parameters.Where(item => item.Element == "fields@32473").Select(item => item.Name).ToArray());
        Assert.AreEqual("2", parsed.Parameters[^1].Value);
        Assert.StartsWith("üüü", parsed.Parameters[^2].Value);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a name that is longer than thirty-two")]
    [DataRow("ÜÜÜÜÜÜÜ")]
    public void AFieldWhoseNameIsNoParameterNameKeepsIt(string name)
    {
        var parsed = Rfc5424Parser.Parse(FrameText.Of(FrameText.Settings("rfc5424"), "text"u8, null, ("A", "1"), (name, "2")));
        Assert.AreEqual(("fields@32473", ".1.name", name), parsed.Parameters[^2]);
        Assert.AreEqual(("fields@32473", ".1", "2"), parsed.Parameters[^1]);
    }

    [TestMethod]
    public void TheMessageIsWellFormedAndReversibleWhateverTheFields() => Check.One(Thorough, Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
    {
        byte[] text = Encoding.UTF8.GetBytes(record.Address);
        var parsed = Rfc5424Parser.Parse(FrameText.Of(FrameText.Settings("rfc5424", ("MaxBytes", "1MiB")), text, null, [.. record.Fields]));
        return parsed.Parameters[^1].Name == ".cut" || record.Fields.SequenceEqual(parsed.Fields());
    }));

    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    [DataRow(1024)]
    public void AMessageNeverExceedsItsMaximumLength(int kibibytes) => Check.One(Thorough.WithMaxTest(300), Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
    {
        byte[] text = Encoding.UTF8.GetBytes(record.ToString());
        foreach (string frame in new[] { "bare", "rfc3164", "rfc5424" })
        {
            byte[] message = FrameText.Of(FrameText.Settings(frame, ("MaxBytes", $"{kibibytes}KiB")), text, new AuditFunction { Name = new string('ü', 128) }, [.. record.Fields]);
            if (message.Length > kibibytes << 10 || message.AsSpan().ContainsAnyInRange((byte)0, (byte)0x1f)) return false;
            if (frame == "rfc5424") Rfc5424Parser.Parse(message);
        }
        return true;
    }));

    [TestMethod]
    public void AMegabyteOfHostileTextBecomesOneWellFormedLine()
    {
        string text = string.Concat(Enumerable.Repeat("]\"\\\n\0\ud800ü", 200_000));
        foreach (string size in new[] { "1KiB", "8KiB", "1MiB" })
        {
            byte[] message = FrameText.Of(FrameText.Settings("rfc5424", ("MaxBytes", size)), Encoding.UTF8.GetBytes(text), null, (text, text), ("B", text));
            var parsed = Rfc5424Parser.Parse(message);
            Assert.IsLessThanOrEqualTo(1 << 20, message.Length);
            Assert.AreEqual(".cut", parsed.Parameters[^1].Name);
        }
    }

    [TestMethod]
    public void InvalidUtf8BecomesTheReplacementCharacter()
    {
        byte[] message = FrameText.Of(FrameText.Settings("bare"), [(byte)'a', 0xff, 0xc3, (byte)'b', 0, 0x1b, 0x7f]);
        Assert.AreEqual("<110>ezaudit: a\ufffd\ufffdb\\u{0}\\u{1b}\\u{7f}", Encoding.UTF8.GetString(message));
    }

    [GeneratedRegex(@"^<110>ezaudit: (.*) \.\.\.\[\+(\d+) bytes\]$")]
    private static partial Regex Cut();
}
