using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit erase</c>, as a process.</summary>
[TestClass]
public sealed class EraseTests
{
    private const string Held = """
        [Hold-case7]
        Functions[]=order-delete
        Until=2099-12-31
        Reason=lawsuit 7

        """;

    [TestMethod]
    public void WithoutExecuteItOnlyShowsWhatItWouldErase()
    {
        using ToolSite site = ToolSite.OfShop();
        string before = site.Root.Read("var/log/audit/login.log");

        Assert.AreEqual(
            $"{site.Root["var/log/audit/login.log"]}: 2 records: 1-2\n2 records would be erased. Nothing was changed; add --execute and --reason to erase.\n",
            site.Run("erase", "User id=16").Expect());

        Assert.AreEqual(before, site.Root.Read("var/log/audit/login.log"));
    }

    [TestMethod]
    public void ItErasesWhatMeetsAllConditions()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(
            "1 record erased in 1 file, on disk.\n",
            site.Run("erase", "User id=16", "User login=editor", "--until", "2026-11-22", "--reason", "request 7", "--execute").Expect());

        string log = site.Root.Read("var/log/audit/login.log");
        Assert.StartsWith("[ Nov 21 2026 09:00:00 ] [] [:]\nErased: xxx", log);
        Assert.EndsWith("[ Nov 22 2026 13:58:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\nUser login: editor\n\n", log);
        site.Run("erase", "User id=99", "--reason", "request 7", "--execute").Expect(1);
    }

    [TestMethod]
    public void RecordsUnderAHoldAreNamedAndItExitsWithTwo()
    {
        using var site = new ToolSite(ToolSite.Enabled + Held);
        string orders = site.Log("order_delete.log", "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nOrder ID: 5\n\n");
        string logins = site.Log("login.log", "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nUser id: 5\n\n");

        ToolRun run = site.Run("erase", "--actor", "admin:14", "--reason", "request 7", "--execute");

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual("1 record erased in 1 file, on disk.\n", run.Output);
        Assert.AreEqual($"ezaudit: {orders}: 1 record not erased because of the legal hold \"case7\", which lasts to the end of 2099-12-31 (lawsuit 7): 1\n", run.Errors);
        Assert.Contains("Order ID: 5", File.ReadAllText(orders));
        Assert.DoesNotContain("User id", File.ReadAllText(logins));
    }

    [TestMethod]
    public void ItNeedsAConditionAndAReason()
    {
        using ToolSite site = ToolSite.OfShop();

        site.Run("erase").ExpectError("erase: no condition; name the records, such as \"User id=14\" or --actor editor:16");
        site.Run("erase", "User id=16", "--execute").ExpectError("--reason: missing; say why the records are erased");
        site.Run("erase", "16").ExpectError("FIELD=VALUE: \"16\" is not in the form NAME=VALUE, such as \"Node ID=124\"");
        Assert.AreEqual("No erasure was interrupted.\n", site.Run("erase", "--finish").Expect(1));
    }

    [TestMethod]
    public void TheErasureIsRecordedWithTheUserWhoRanIt()
    {
        using var site = new ToolSite(ToolSite.Enabled + "[AuditSettings]\nAuditFileNames[audit-erase]=audit.log\n");
        site.Log("login.log", "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nUser id: 5\n\n");

        site.Run("erase", "User id=5", "--reason", "request 7", "--execute").Expect();

        AuditRecord record = ReadBack.Of(site.Root["var/log/audit/audit.log"]).Records.Single().Record;
        Assert.StartsWith(Environment.UserName + ":", record["User"]!);
        Assert.AreEqual("request 7", record["Reason"]);
    }
}
