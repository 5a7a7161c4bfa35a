using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit search</c>, as a process.</summary>
[TestClass]
public sealed class SearchTests
{
    private const string Order7 = "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [editor:16]\nOrder ID: 7\nComment: Removed the order and its data\n\n";

    [TestMethod]
    public void ARecordIsPrintedByteForByte()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(Order7, site.Run("search", "--field", "Order ID=7").Expect());
    }

    [TestMethod]
    public void WithoutATermAllRecordsAreMergedByTime()
    {
        using ToolSite site = ToolSite.OfShop();

        ToolRun run = site.Run("search", "-o", "table");

        run.Expect();
        CollectionAssert.AreEqual(
            new[] { "TIME", "2026-11-20 08:00:00", "2026-11-21 09:00:00", "2026-11-22 13:58:00", "2026-11-22 14:00:05", "2026-11-22 14:10:00" },
            run.Lines.Select(line => line.StartsWith("TIME", StringComparison.Ordinal) ? "TIME" : line[..19]).ToArray());
    }

    [TestMethod]
    [DataRow("2", "--function", "order-*")]
    [DataRow("2", "--actor", "editor")]
    [DataRow("1", "--actor", "14")]
    [DataRow("2", "--actor", "editor:16")]
    [DataRow("4", "--address", "10.0.0.0/29")]
    [DataRow("1", "--contains", "quoted")]
    [DataRow("0", "--contains", "QUOTED")]
    [DataRow("1", "--contains", "QUOTED", "-i")]
    [DataRow("2", "--field-contains", "Comment=order")]
    [DataRow("1", "--field-matches", "Order ID=^[67]$")]
    [DataRow("3", "--since", "2026-11-22")]
    [DataRow("1", "--since", "2026-11-22 14:00", "--until", "2026-11-22 14:05")]
    [DataRow("1", "--since", "2026-11-22T15:00:00+01:00", "--until", "2026-11-22T14:01:00Z")]
    [DataRow("5", "--outcome", "success")]
    [DataRow("0", "--outcome", "failure")]
    [DataRow("2", "--function", "user-login", "--function", "user-logout")]
    public void TermsAreCounted(string count, params string[] terms)
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(count + "\n", site.Run(["search", "--count", .. terms]).Expect(count == "0" ? 1 : 0));
    }

    [TestMethod]
    public void TheNewestComeFirstOnRequestUpToTheLimit()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(Order7, site.Run("search", "--function", "order-delete", "--reverse", "-n", "1").Expect());
    }

    [TestMethod]
    public void NothingFoundExitsWith1()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual("", site.Run("search", "--actor", "nobody").Expect(1));
    }

    [TestMethod]
    public void JsonHasTheFieldsInOrderAndThePlace()
    {
        using ToolSite site = ToolSite.OfShop();

        string line = site.Run("search", "--field", "Order ID=7", "-o", "json", "--show-files").Expect();

        Assert.AreEqual(
            """{"time":"2026-11-22T14:00:05.0000000Z","function":"order-delete","address":"10.0.0.7","actor":{"login":"editor","id":"16"},"fields":[["Order ID","7"],["Comment","Removed the order and its data"]],"file":"PATH","offset":100}""".Replace("PATH", site.Root["var/log/audit/order_delete.log"], StringComparison.Ordinal) + "\n",
            line);
        Assert.AreEqual(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind);
    }

    [TestMethod]
    public void CsvIsNoFormula()
    {
        using ToolSite site = ToolSite.OfShop();

        string csv = site.Run("search", "--function", "content-move", "-o", "csv", "--column", "Content Name", "--column", "Missing").Expect();

        Assert.AreEqual(
            "time,function,login,id,address,Content Name,Missing,fields\r\n"
            + "2026-11-22T14:10:00+00:00,content-move,editor,16,10.0.0.7,'=HYPERLINK(1),,\"Node ID: 124\nOld parent node ID: 2\nNew parent node ID: 59\n"
            + "Object ID: 114\nContent Name: =HYPERLINK(1)\nComment: a \"\"quoted\"\", moved node\"\r\n",
            csv);
    }

    [TestMethod]
    public void FilesAreShownOnRequest()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(
            $"{site.Root["var/log/audit/order_delete.log"]}:@100\n{Order7}", site.Run("search", "--field", "Order ID=7", "--show-files").Expect());
    }

    [TestMethod]
    public void FilesCanBeNamedCompressedOnesToo()
    {
        using ToolSite site = ToolSite.OfShop();
        using (FileStream file = File.Create(site.Root["old.gz"]))
        using (var gzip = new GZipStream(file, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Order7.Replace(": 7", ": 6", StringComparison.Ordinal)));
        }

        Assert.AreEqual("3\n", site.Run("search", "--count", "old.gz", "var/log/audit/order_delete.log").Expect());
    }

    [TestMethod]
    public void StandardInputCanBeSearched()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(Order7, site.RunWith(Order7 + Order7.Replace("editor", "admin", StringComparison.Ordinal), "search", "--actor", "editor", "-").Expect());
    }

    [TestMethod]
    public void TimesAreInTheZoneOfTheLog()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/site.ini", "[TimeZoneSettings]\nTimeZone=America/New_York\n");

        Assert.AreEqual("1\n", site.Run("search", "--count", "--since", "2026-11-22T19:10:00Z").Expect());
        Assert.AreEqual("1\n", site.Run("search", "--count", "--since", "2026-11-22 14:10").Expect());
        Assert.AreEqual(
            "1\n", site.Run("search", "--count", "--time-zone", "America/New_York", "--since", "2026-11-22T19:10:00Z", "var/log/audit/content_move.log").Expect());
    }

    [TestMethod]
    public void ATornRecordIsReported()
    {
        using ToolSite site = ToolSite.OfShop();
        string path = site.Log("order_delete.log", "[ Nov 22 2026 15:00:00 ] [10.0.0.7] [editor:16]\nOrder ID: 8");

        ToolRun run = site.Run("search", "--function", "order-delete", "--count");

        Assert.AreEqual("2\n", run.Output);
        Assert.AreEqual(0, run.ExitCode);
        StringAssert.StartsWith(run.Errors, $"ezaudit: {path}:@201: TornTail, 59 bytes: found [ Nov 22 2026 15:00:00 ]", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("--since: \"the day before\" is not a time; use one such as \"now\", \"2 hours ago\", \"yesterday\", \"today 14:00\", \"2026-11-22\", \"2026-11-22 14:00\" or \"2026-11-22T14:00:00+01:00\"", "--since", "the day before")]
    [DataRow("--field: \"Order ID\" is not in the form NAME=VALUE, such as \"Node ID=124\"", "--field", "Order ID")]
    [DataRow("-n: must be a number, 0 or more, not -1", "-n", "-1")]
    [DataRow("--until: \"2026-11-21\" must be after --since \"2026-11-22\"", "--since", "2026-11-22", "--until", "2026-11-21")]
    [DataRow("--column: requires -o csv; the other formats have no columns", "--column", "Order ID")]
    [DataRow("(a)\\1: a search with this regular expression might not end. Remove back references, look-around and atomic groups.", "--field-matches", "Comment=(a)\\1")]
    [DataRow("nowhere.log: does not exist; name a log file", "nowhere.log")]
    [DataRow("settings: is a directory; name a log file", "settings")]
    [DataRow("FILE: - cannot be combined with files; use - alone, or ./- for a file of that name", "-", "settings/audit.ini")]
    [DataRow("--time-zone: \"Mars\" is not a time zone; use an id such as Europe/Vienna", "--time-zone", "Mars", "settings/audit.ini")]
    [DataRow("10.0.0.0/99 is not a network. Use one such as 10.0.0.0/8 or 2001:db8::/32.", "--address", "10.0.0.0/99")]
    public void AnUnreadableFileExitsWith2(string message, params string[] terms)
    {
        using ToolSite site = ToolSite.OfShop();

        site.Run(["search", .. terms]).ExpectError(message);
    }

    [TestMethod]
    public void AnUnknownOptionExitsWith2AndPointsToTheHelp()
    {
        using ToolSite site = ToolSite.OfShop();

        ToolRun run = site.Run("search", "--frob");

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual("", run.Output);
        Assert.AreEqual("ezaudit: --frob: unknown option; for a file of that name, use ./--frob\nezaudit: see ezaudit search --help\n", run.Errors);
    }

    [TestMethod]
    [DataRow("search -n ten", "-n: must be a number, 0 or more, not \"ten\"", "search")]
    [DataRow("search -o xml", "-o: unknown value \"xml\"; use classic, json, csv or table", "search")]
    [DataRow("search --outcome maybe", "--outcome: unknown value \"maybe\"; use success or failure", "search")]
    [DataRow("report login.log", "KIND: unknown value \"login.log\"; use summary, logins, failed-logins, actors, functions, addresses, objects, outcomes, days or hours", "report")]
    [DataRow("explain order-delete too", "explain: unexpected argument \"too\"", "explain")]
    [DataRow("show", "NAME=VALUE: missing; give a field and its value, such as \"Order ID=7\"", "show")]
    [DataRow("search --since", "--since: needs a value: TIME", "search")]
    [DataRow("serch", "unknown command \"serch\"; use search, tail, report, show, explain, check, init, functions, write, export, recover, erase, verify, prove, seal, store, stream, collect or completion", "")]
    [DataRow("", "no command given; use search, tail, report, show, explain, check, init, functions, write, export, recover, erase, verify, prove, seal, store, stream, collect or completion", "")]
    public void AWrongCommandLineIsReportedWithPlaceFoundAndExpected(string line, string message, string command)
    {
        using ToolSite site = ToolSite.OfShop();

        ToolRun run = site.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual($"ezaudit: {message}\nezaudit: see {$"ezaudit {command}".TrimEnd()} --help\n", run.Errors);
    }

    [TestMethod]
    public void ALimitBeyondAnIntMeansAll()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual("5\n", site.Run("search", "--count", "-n", "99999999999999").Expect());
    }

    [TestMethod]
    public void WithoutSettingsItSaysWhatItNeeds()
    {
        using var folder = new TempFolder();
        using ToolSite site = ToolSite.OfShop();

        site.Run("search", "--root", folder.Path).ExpectError(
            $"--root: {folder.Path} has no directory settings; name the root of the application, or log files as arguments");
    }

    [TestMethod]
    public void WrongSettingsAreReportedWithTheirPlace()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=yes\n");

        site.Run("search").ExpectError("settings/override/audit.ini:2: found \"yes\", expected \"enabled\" or \"disabled\"");
    }

    [TestMethod]
    public void AnUnreadableLogIsNotAnEmptyOne()
    {
        Needs.Root("setpriv", "bash");
        using ToolSite site = ToolSite.OfShop();
        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(site.Root.Path, ForAll);
        File.SetUnixFileMode(site.Root["var"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        ToolRun run = site.RunShell($"setpriv --reuid=65534 --regid=65534 --clear-groups dotnet '{ToolSite.Binary}' search");

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual($"ezaudit: Access to the path '{site.Root["var/log/audit"]}' is denied.\n", run.Errors);
    }

    [TestMethod]
    public void AFullDiskIsReportedOnce()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();

        ToolRun run = site.RunShell("ezaudit search > /dev/full; echo $?");

        Assert.AreEqual("2\n", run.Output);
        Assert.AreEqual("ezaudit: standard output: No space left on device\n", run.Errors);
    }

    [TestMethod]
    public void WithoutStandardErrorTheExitCodeTells()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual("2\n", site.RunShell("ezaudit search nowhere.log 2>&-; echo $?").Output);
    }

    [TestMethod]
    public void AClosedPipeEndsItQuietly()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();
        string many = string.Concat(Enumerable.Repeat(Order7, 20_000));
        site.Log("order_delete.log", many);

        ToolRun run = site.RunShell("ezaudit search | head -n 1; echo ${PIPESTATUS[0]}");

        Assert.AreEqual("[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\n0\n", run.Expect());
    }

    [TestMethod]
    public void TheShellsNextOutputFollowsTheTools()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual($"first\n{Order7}last\n", site.RunShell("{ echo first; ezaudit search --field 'Order ID=7'; echo last; } > out; cat out").Expect());
    }
}
