using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Pattern;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Formats.Pattern;

[TestClass]
public sealed class PatternFormatTests : FormatContract
{
    private const string OfEnterpriseTester = "%d %property{current-user} %property{session-id} [%t] %m%n";

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\u0085\u2028\u2029\0");

    public override IAuditFormat Format => With("%utcdate{DATE} %-5level %logger %address %login:%id %.30m %fields|%field{Comment}|%property{a}%n");

    private static PatternFormat With(string pattern, string zone = "UTC") => new(pattern, DateTimeZoneProviders.Tzdb[zone]);

    private static string Line(string pattern, params AuditField[] fields) => Written.With(With(pattern), Written.ViewEntity, fields);

    [TestMethod]
    public void TheLineOfEnterpriseTesterIsReproducedByteForByte()
    {
        string line = "";
        // log4net's %t is the thread's name.
        var thread = new Thread(() => line = Written.With(With(OfEnterpriseTester), Written.ViewEntity, Written.Viewed)) { Name = "50" };
        thread.Start();
        thread.Join();

        Assert.AreEqual(
            "2014-02-05 10:48:19,938 administrator e2oqpa0come5441h4yhdeuhg [50] ViewEntity: Requirement 'Mahjong/User Stories/Requirement' "
            + "(6fbdede7-7243-4534-acc3-a2ba016d01b6) in project 'Mahjong' was viewed.\n",
            line);
    }

    [TestMethod]
    [DataRow("%m", "ViewEntity:  '' () in project 'Mahjong' was viewed.")]
    [DataRow("%event|%message", "ViewEntity| '' () in project 'Mahjong' was viewed.")]
    [DataRow("%function %logger %c{1} %category %level %p", "entity-view entity-view entity-view entity INFO INFO")]
    [DataRow("%login %u %identity %id %address %session %trace", "administrator administrator administrator 1 10.0.0.7 e2oqpa0come5441h4yhdeuhg 4bf92f35")]
    [DataRow("%fields", "Project name: Mahjong; Bytes: 7")]
    [DataRow("%field{Bytes} %property{Bytes} %P{Project name} %X{none} %field{none}", "7 7 Mahjong (null) (null)")]
    [DataRow("%property{current-user} %mdc{session-id} %properties{trace-id} %property{log4net:Identity}", "administrator e2oqpa0come5441h4yhdeuhg 4bf92f35 administrator")]
    [DataRow("100%% [%%d]", "100% [%d]")]
    [DataRow("no conversion", "no conversion")]
    public void EveryConversionIsReplacedByItsValue(string pattern, string wanted) =>
        Assert.AreEqual(wanted + "\n", Line(pattern + "%n", ("Project name", "Mahjong"), ("Bytes", 7)));

    [TestMethod]
    public void MachineProcessAndAccountAreThoseOfTheWriter() => Assert.AreEqual(
        $"{Environment.MachineName} {Environment.UserName} {Environment.UserName} {Environment.UserName} {AppDomain.CurrentDomain.FriendlyName} {AppDomain.CurrentDomain.FriendlyName}\n",
        Line("%property{log4net:HostName} %property{log4net:UserName} %w %username %a %appdomain"));

    [TestMethod]
    [DataRow("[%20level]", "[                INFO]")]
    [DataRow("[%-20level]", "[INFO                ]")]
    [DataRow("[%.3login]", "[tor]")]
    [DataRow("[%-5.10login]", "[inistrator]")]
    [DataRow("[%5.10id]", "[    1]")]
    [DataRow("[%-5.10id]", "[1    ]")]
    [DataRow("[%.0id]", "[]")]
    [DataRow("[%3field{é}|%.2field{é}]", "[é日😀|日😀]")]
    public void ModifiersPadAndTakeTheEndAsLog4netDoes(string pattern, string wanted) =>
        Assert.AreEqual(wanted + "\n", Line(pattern, ("é", "é日😀")));

    [TestMethod]
    [DataRow("%d", "2014-02-05 11:48:19,938")]
    [DataRow("%date{ISO8601}", "2014-02-05 11:48:19,938")]
    [DataRow("%d{ABSOLUTE}", "11:48:19,938")]
    [DataRow("%d{DATE}", "05 Feb 2014 11:48:19,938")]
    [DataRow("%utcdate", "2014-02-05 10:48:19,938")]
    [DataRow("%utcdate{ABSOLUTE} %UtcDate{HH}", "10:48:19,938 10")]
    [DataRow("%d{yyyy-MM-ddTHH:mm:ss.fffffffzzz}", "2014-02-05T11:48:19.9380000+01:00")]
    [DataRow("%d{dddd, d MMMM yyyy 'at' H:mm ss.f}", "Wednesday, 5 February 2014 at 11:48 19.9")]
    [DataRow("%d{s} %d{ss.F} %d{%H} %d{fff}", "2014-02-05T11:48:19 19.9 11 938")]
    [DataRow("%-26d{HH:mm}|", "11:48                     |")]
    public void TimesAreThoseOfTheZone(string pattern, string wanted) =>
        Assert.AreEqual(wanted + "\n", Written.With(With(pattern, "Europe/Vienna"), Written.ViewEntity));

    [TestMethod]
    public void ALineIsOneLineWhateverItsTexts()
    {
        Assert.AreEqual(
            "a b c d e f|x\\u{0}\\u{9}\\u{1b}[31m\\u{202e}\\u{d800} C:\\temp é😀\n",
            Line("%field{a}|%field{b}%n", ("a", "a\nb\r\nc\rd\u2028e\u0085f"), ("b", "x\0\t\u001b[31m\u202e\ud800 C:\\temp é😀")));
        foreach (string text in HostileTexts.All)
        {
            string line = Line("%login %m %fields %.5field{a}", ("a", text), (text, text));
            Assert.AreEqual(line.Length - 1, line.AsSpan().IndexOfAny(LineBreaks));
        }
    }

    [TestMethod]
    [DataRow(null, "a pattern such as %d %login [%t] %m%n")]
    [DataRow("", "a pattern such as %d %login [%t] %m%n")]
    [DataRow("%m%n%d", "instead of \"%n\" at character 3, a line break only at the end: a record is one line")]
    [DataRow("%d %class{1} %m", "instead of \"%class{1}\" at character 4, something that an audit record has: it has no code location and no exception")]
    [DataRow("%x", "instead of \"%x\" at character 1, something that an audit record has: it has no code location and no exception")]
    [DataRow("%field", "instead of \"%field\" at character 1, the name of a field in braces: %field{Node ID}")]
    [DataRow("%property{}", "instead of \"%property{}\" at character 1, the name of a property in braces: %property{current-user}")]
    [DataRow("%d{HH", "instead of \"%d{HH\" at character 1, a closing brace after it")]
    [DataRow("%d{ffffffff}", "instead of \"%d{ffffffff}\" at character 1, ISO8601, ABSOLUTE, DATE or a date and time pattern of .NET in the braces")]
    [DataRow("%logger{x}", "instead of \"%logger{x}\" at character 1, a number in the braces: how many of the last dot-separated names to keep")]
    [DataRow("%99999m", "instead of \"99999\" at character 2, a width of at most 10000")]
    public void AnInvalidConversionIsRefused(string? pattern, string expected)
    {
        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => new PatternFormat(pattern, DateTimeZone.Utc));

        Assert.AreEqual("Pattern", failure.Key);
        Assert.AreEqual(expected, failure.Expected);
    }

    [TestMethod]
    public void AnUnknownConversionIsRefusedWithTheValidOnes()
    {
        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => With("[%-5Quux] %m"));

        Assert.StartsWith("instead of \"%-5Quux\" at character 2, one of %address %appdomain %category %date %event %field", failure.Expected);
    }

    [TestMethod]
    public void ThePageNamesEveryConversion()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "formats.md"));

        foreach (string name in PatternConversions.Suggestions) Assert.Contains(name, page);
    }

    [TestMethod]
    public void TheSettingsNameTheLine()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nFormat=line\n[Format-line]\nType=pattern\nPattern=%d %F %m%n\n");

        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);

        Assert.AreEqual(
            "settings/audit.ini:10: found Pattern=%d %F %m%n, expected instead of \"%F\" at character 4, something that an audit record has: it has no code location and no exception",
            failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void TimesOutsideTheYearsOfAZoneAreClamped()
    {
        foreach (string zone in new[] { "Pacific/Kiritimati", "America/New_York", "Europe/Vienna" })
        {
            foreach (DateTimeOffset time in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
                Assert.IsNotEmpty(With("%d %d{o}", zone).ToBytes(new AuditRecord(time, "a", new AuditActor("l", "i"), [])));
        }
    }
}
