using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.Writing;

/// <summary>A legal hold keeps the retention of a writer from deleting files.</summary>
[TestClass]
public sealed class HeldFilesTests
{
    private const string Rotating = $"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=1\nKeepFiles=1\n";

    [TestMethod]
    public void ThereIsNoHoldWithoutASection()
    {
        using var site = new AuditSite(Rotating);
        Write(site, "user-login", 5);

        Assert.AreEqual(1, RotatedFiles(site, "login.log"));
    }

    [TestMethod]
    public void FilesOfAHeldFunctionStayAndThoseOfOthersGo()
    {
        var log = new FakeLoggerFactory();
        using AuditSite site = Held("Functions[]=user-login\nFields[]=User id=14\nUntil=2007-06-30\nReason=Case 1\n", log);
        Write(site, "user-login", 5);
        Write(site, "order-delete", 5);

        Assert.AreEqual(4, RotatedFiles(site, "login.log"));
        Assert.AreEqual(1, RotatedFiles(site, "order_delete.log"));
        Assert.AreEqual(AuditHealthState.Healthy, site.Writer.Health.State);
        string path = Path.Combine(site.Writer.LogDirectory, "login.log");
        string expected = $"{path}: rotated files that are due to be deleted stay, because of the legal hold \"case\", which lasts to the end of 2007-06-30 (Case 1).";
        Assert.AreEqual(expected, log.Messages.Single(message => message.Contains("legal hold", StringComparison.Ordinal)));
        Assert.AreEqual(LogLevel.Information, log.Messages.Zip(log.Entries).Single(pair => pair.First == expected).Second.Level);
    }

    [TestMethod]
    public void WhenTheHoldIsOverTheFilesGo()
    {
        using AuditSite site = Held("Functions[]=*\nUntil=2007-05-24\nReason=Case 1\n");
        Write(site, "user-login", 5);
        Assert.AreEqual(4, RotatedFiles(site, "login.log"));

        site.Clock.Advance(TimeSpan.FromDays(2));
        Write(site, "user-login", 1);

        Assert.AreEqual(1, RotatedFiles(site, "login.log"));
    }

    [TestMethod]
    public void AHoldThatIsAddedHoldsAtOnce()
    {
        using var site = new AuditSite(Rotating);
        Write(site, "user-login", 3);
        Assert.AreEqual(1, RotatedFiles(site, "login.log"));

        site.Root.Write("settings/override/audit.ini", "[Hold-case]\nFunctions[]=user-login\nReason=Case 1\n");
        Until.True(() => site.Writer.Table.Settings.Holds.Count == 1, "the hold is read");
        Write(site, "user-login", 3);

        Assert.AreEqual(4, RotatedFiles(site, "login.log"));
    }

    [TestMethod]
    public void AHoldThatIsRemovedHoldsNothing()
    {
        using AuditSite site = Held("Functions[]=user-login\nReason=Case 1\n");
        Write(site, "user-login", 5);
        Assert.AreEqual(4, RotatedFiles(site, "login.log"));

        site.Root.Write("settings/audit.ini", Rotating);
        Until.True(() => site.Writer.Table.Settings.Holds.Count == 0, "the hold is gone");
        Write(site, "user-login", 1);

        Assert.AreEqual(1, RotatedFiles(site, "login.log"));
    }

    private static AuditSite Held(string lines, FakeLoggerFactory? log = null) => new($"{Rotating}[Hold-case]\n{lines}", builder => builder.LoggerFactory = log);

    private static void Write(AuditSite site, string function, int count)
    {
        for (int i = 0; i < count; i++) Assert.IsTrue(site.Writer.WriteAudit(function, ("User id", 14)));
    }

    private static int RotatedFiles(AuditSite site, string name) => Directory.GetFiles(site.Writer.LogDirectory).Count(path => Path.GetFileName(path).StartsWith(name + ".", StringComparison.Ordinal));
}
