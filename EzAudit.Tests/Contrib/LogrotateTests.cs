using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Contrib;

/// <summary>The logrotate example, run by the logrotate of the machine while a writer keeps writing.</summary>
[TestClass]
public sealed class LogrotateTests
{
    [TestMethod]
    [Fault(26)]
    public void AWriterGoesOnInTheNewFileAndTheOldOnesAreFound()
    {
        Needs.Root("logrotate");
        using var site = new AuditSite(AuditSite.Enabled + "\n[RotationSettings]\nMaxFileSize=0\nInterval=none\nNaming=numbered\n");
        string settings = File.ReadAllText(Repository.PathOf("contrib", "logrotate", "ezaudit"))
            .Replace("/srv/shop", site.Root.Path, StringComparison.Ordinal).Replace("www-data www-data", "root root", StringComparison.Ordinal);
        string file = site.Root.Write("logrotate.conf", settings);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        for (int i = 0; i < 4; i++)
        {
            Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", i)));
            if (i < 3) Rotate(site, file);
        }

        CollectionAssert.AreEqual(
            new[] { "order_delete.log", "order_delete.log.1", "order_delete.log.2.gz", "order_delete.log.3.gz" },
            Directory.GetFiles(site.Root["var/log/audit"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray());
        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
        CollectionAssert.AreEqual(
            new[] { "0", "1", "2", "3" }, log.Search(AuditQuery.All).Select(found => found.Record["Order ID"]).ToArray());
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(site.Root["var/log/audit/order_delete.log"]));
    }

    private static void Rotate(AuditSite site, string file)
    {
        using ChildProcess logrotate = ChildProcess.StartProgram("logrotate", "--force", "--state", site.Root["state"], file);
        (int exitCode, string output, string errors) = logrotate.Finish();
        Assert.AreEqual(0, exitCode, errors + output);
    }
}
