using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Contrib;

/// <summary>Loads our format file for lnav into the lnav of the machine.</summary>
[TestClass]
public sealed class LnavTests
{
    [TestMethod]
    public void LnavAcceptsTheFormatAndReadsOurFiles()
    {
        Needs.Programs("lnav");
        using var site = new AuditSite();
        using (AuditContext.Use(new AuditActor("editor", "16"), "10.0.0.7"))
            site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "two\nlines"));
        using (AuditContext.Use(new AuditActor("a:b", "14"), "2001:db8::1"))
            site.Writer.WriteAudit("order-delete");
        site.Root.Write("lnav/formats/ezaudit/ezaudit_log.json", File.ReadAllText(Repository.PathOf("contrib", "lnav", "ezaudit_log.json")));
        Directory.CreateDirectory(site.Root["home"]);

        // -W checks the configuration: lnav fails if a sample in the format file does not match its expression.
        using ChildProcess lnav = ChildProcess.StartProgramIn(
            site.Root.Path,
            new() { ["HOME"] = site.Root["home"], ["TZ"] = "UTC" },
            "lnav", "-n", "-W", "-I", site.Root["lnav"], site.Root["var/log/audit/order_delete.log"],
            "-c", ";SELECT log_time, address, login, actor_id, log_body FROM ezaudit_log ORDER BY log_line", "-c", ":write-csv-to -");
        lnav.Input.Close();
        (int exitCode, string output, string errors) = lnav.Finish();

        Assert.AreEqual(0, exitCode, errors + output);
        Assert.AreEqual("", errors);
        string time = site.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'.000'", CultureInfo.InvariantCulture);
        Assert.AreEqual(
            $"log_time,address,login,actor_id,log_body\n{time},10.0.0.7,editor,16,\"Order ID: 7\nComment: two\n\tlines\n\"\n{time},2001:db8::1,a:b,14,\n", output);
    }
}
