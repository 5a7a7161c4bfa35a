using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace EzAudit.Tests.Cli.Report;

/// <summary><c>ezaudit report</c>, as a process.</summary>
[TestClass]
public sealed class ReportTests
{
    [TestMethod]
    public void FunctionsAreCountedTheMostFrequentFirst()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(
            """
            5 records, from 2026-11-20 08:00:00 to 2026-11-22 14:10:00 (UTC)

            Functions
            FUNCTION      RECORDS  FIRST                LAST
            order-delete        2  2026-11-20 08:00:00  2026-11-22 14:00:05
            user-login          2  2026-11-21 09:00:00  2026-11-22 13:58:00
            content-move        1  2026-11-22 14:10:00  2026-11-22 14:10:00

            """,
            site.Run("report", "functions").Expect());
    }

    [TestMethod]
    public void DaysWithoutRecordsAreInTheHistogram()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("login.log", "[ Nov 24 2026 09:00:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\nUser login: editor\n\n");

        Assert.AreEqual(
            """
            6 records, from 2026-11-20 08:00:00 to 2026-11-24 09:00:00 (UTC)

            Days
            DAY         RECORDS
            2026-11-20        1  #############
            2026-11-21        1  #############
            2026-11-22        3  ########################################
            2026-11-23        0
            2026-11-24        1  #############

            """,
            site.Run("report", "days").Expect());
    }

    [TestMethod]
    public void ObjectsAreFieldsThatEndInId()
    {
        using ToolSite site = ToolSite.OfShop();

        string csv = site.Run("report", "objects", "-o", "csv", "--function", "order-delete").Expect();

        Assert.AreEqual(
            "section,key,records,first,last,with\r\n"
            + "objects,Order ID=5,1,2026-11-20T08:00:00+00:00,2026-11-20T08:00:00+00:00,\r\n"
            + "objects,Order ID=7,1,2026-11-22T14:00:05+00:00,2026-11-22T14:00:05+00:00,\r\n",
            csv);
    }

    [TestMethod]
    public void FailedLoginsAreCountedByLoginAndAddressAndBurstsAreFound()
    {
        using ToolSite site = ToolSite.OfShop();
        for (int i = 0; i < 6; i++) site.Log("failed_login.log", Failure($"03:0{i}:00", "203.0.113.5", $"user{i}"));
        site.Log("failed_login.log", Failure("04:00:00", "10.0.0.7", "editor"));

        JsonElement sections = JsonDocument.Parse(site.Run("report", "failed-logins", "-o", "json").Expect()).RootElement.GetProperty("sections");

        Assert.AreEqual(7, sections.GetProperty("failed-logins").GetArrayLength());
        JsonElement address = sections.GetProperty("failed-login-addresses")[0];
        Assert.AreEqual("203.0.113.5", address.GetProperty("key").GetString());
        Assert.AreEqual(6, address.GetProperty("records").GetInt32());
        JsonElement burst = sections.GetProperty("failed-login-bursts").EnumerateArray().Single();
        Assert.AreEqual("address 203.0.113.5", burst.GetProperty("key").GetString());
        Assert.AreEqual("2026-11-22T03:00:00.0000000Z", burst.GetProperty("first").GetString());
        Assert.AreEqual("2026-11-22T03:05:00.0000000Z", burst.GetProperty("last").GetString());
        Assert.AreEqual("6 logins: user0, user1, user2 ...", burst.GetProperty("with").GetString());
    }

    [TestMethod]
    public void ARecordThatStandsForManyFailedLoginsCountsAsMany()
    {
        using ToolSite site = ToolSite.OfShop();
        for (int i = 0; i < 2; i++) site.Log("failed_login.log", Failure($"03:0{i}:00", "203.0.113.5", "editor"));
        foreach (int count in new[] { 480, 480, 20 })
            site.Log("failed_login.log", $"[ Nov 22 2026 03:02:00 ] [203.0.113.5] [anonymous:10]\nFolded failures: {count}\nDifferent logins: 100 or more\n\n");

        JsonElement sections = JsonDocument.Parse(site.Run("report", "failed-logins", "-o", "json").Expect()).RootElement.GetProperty("sections");

        CollectionAssert.AreEqual(
            new[] { "(folded)=980", "editor=2" },
            sections.GetProperty("failed-logins").EnumerateArray().Select(row => $"{row.GetProperty("key")}={row.GetProperty("records")}").ToArray());
        Assert.AreEqual(982, sections.GetProperty("failed-login-addresses")[0].GetProperty("records").GetInt32());
        JsonElement burst = sections.GetProperty("failed-login-bursts").EnumerateArray().Single();
        Assert.AreEqual("address 203.0.113.5", burst.GetProperty("key").GetString());
        Assert.AreEqual(982, burst.GetProperty("records").GetInt32());
    }

    [TestMethod]
    public void TheSummaryHasEverySectionThatIsCheap()
    {
        using ToolSite site = ToolSite.OfShop();

        JsonElement report = JsonDocument.Parse(site.Run("report", "-o", "json").Expect()).RootElement;

        Assert.AreEqual(5, report.GetProperty("records").GetInt32());
        CollectionAssert.AreEqual(
            new[]
            {
                "functions", "actors", "addresses", "logins", "failed-logins", "failed-login-addresses", "failed-login-bursts", "days", "hours",
            },
            report.GetProperty("sections").EnumerateObject().Select(section => section.Name).ToArray());
    }

    [TestMethod]
    [Fault(71)]
    public void TheHtmlNeedsNothingElseAndRunsNothing()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("order_delete.log", "[ Nov 22 2026 15:00:00 ] [10.0.0.7] [<script>alert(1)</script>\"&':16]\nOrder ID: <img src=x onerror=alert(1)>\n\n");

        string html = site.Run("report", "-o", "html").Expect();

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal));
        StringAssert.Contains(html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;&#39;:16", StringComparison.Ordinal);
        // Apart from void elements it is XML, so the XML parser checks that every element is closed.
        string body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        Assert.AreEqual(2, XElement.Parse(body).Descendants("svg").Count(svg => (string?)svg.Attribute("class") == "chart"));
    }

    [TestMethod]
    public void TheChartsSayInWordsWhatTheyShow()
    {
        using ToolSite site = ToolSite.OfShop();

        string html = site.Run("report", "days", "-o", "html").Expect();

        StringAssert.Contains(html, "aria-label=\"Days: most: 3 in 2026-11-22\"", StringComparison.Ordinal);
        StringAssert.Contains(html, "<summary>most: 3 in 2026-11-22; all as a table</summary>", StringComparison.Ordinal);
        StringAssert.Contains(html, "<tr><td class=\"key\">2026-11-21</td><td class=\"n\">1</td></tr>", StringComparison.Ordinal);
    }

    [TestMethod]
    public void FilesWithoutSettingsDoNotSayThatTheyHoldSeveralFunctions()
    {
        using ToolSite site = ToolSite.OfShop();
        File.Copy(site.Root["var/log/audit/login.log"], site.Root["copy.log"]);

        StringAssert.Contains(site.Run("report", "functions", "copy.log").Expect(), "\n(not known)        2  ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AReportCanBeMadeOfStandardInput()
    {
        using ToolSite site = ToolSite.OfShop();

        string output = site.RunWith(site.Root.Read("var/log/audit/login.log"), "report", "summary", "-").Expect();

        StringAssert.StartsWith(output, "2 records, from 2026-11-21 09:00:00 to 2026-11-22 13:58:00 (UTC)\n", StringComparison.Ordinal);
        StringAssert.Contains(output, "\n2026-11-21        1  ####", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AReportOnLoginsOfAFileThatDoesNotSayItsFunctionsSaysSo()
    {
        using ToolSite site = ToolSite.OfShop();
        File.Copy(site.Root["var/log/audit/login.log"], site.Root["copy.log"]);

        ToolRun run = site.Run("report", "failed-logins", "copy.log");

        Assert.AreEqual("ezaudit: copy.log: 2 records may be of any function: they do not say which\n", run.Errors);
        Assert.AreEqual(2, run.ExitCode);
    }

    [TestMethod]
    public void AReportOnNothingExitsWith1()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual("0 records\n", site.Run("report", "--since", "2027-01-01").Expect(1));
    }

    private static string Failure(string time, string address, string login) =>
        string.Create(CultureInfo.InvariantCulture, $"[ Nov 22 2026 {time} ] [{address}] [anonymous:10]\nUser login: {login}\nComment: Unknown login or wrong password\n\n");
}
