using System.Diagnostics;
using EzAudit.Tests.Support;

namespace EzAudit.Tests;

[TestClass]
public sealed class ReloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestMethod]
    public void AnEditTakesEffectWithinASecond()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=disabled\n");
        Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        site.Root.Write("settings/audit.ini", AuditSite.Enabled);
        long start = Stopwatch.GetTimestamp();
        Assert.IsTrue(SpinWait.SpinUntil(() => site.Writer.WriteAudit("user-login"), Patience));
        Console.WriteLine($"after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
    }

    [TestMethod]
    public void AnOverrideThatAppearsIsSeen()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=disabled\nAuditFileNames[user-login]=login.log\n");
        Assert.IsFalse(site.Writer.WriteAudit("user-login"));
        site.Root.Write("settings/override/audit.ini.append.php", "[AuditSettings]\nAudit=enabled\n");
        Assert.IsTrue(SpinWait.SpinUntil(() => site.Writer.WriteAudit("user-login"), Patience));
    }

    [TestMethod]
    public void AnOverrideThatGoesIsSeen()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=disabled\nAuditFileNames[user-login]=login.log\n");
        string path = site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=enabled\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        File.Delete(path);
        Assert.IsTrue(SpinWait.SpinUntil(() => !site.Writer.WriteAudit("user-login"), Patience));
    }

    [TestMethod]
    public void ABrokenEditKeepsTheLastGoodSettingsAndIsReported()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(configure: builder => builder.LoggerFactory = log);
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=off\n");
        Assert.IsTrue(SpinWait.SpinUntil(() => !log.Messages.IsEmpty, Patience));
        Assert.AreEqual(
            "settings/override/audit.ini:2: found \"off\", wanted \"enabled\" or \"disabled\"; the settings of before stay in force", log.Messages.First());
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    public void NoRecordIsLostWhileSettingsChange()
    {
        using var site = new AuditSite();
        int written = 0;
        string other = AuditSite.Enabled.Replace("login.log", "other.log", StringComparison.Ordinal);
        for (int i = 0; i < 5; i++)
        {
            string name = i % 2 == 0 ? "other.log" : "login.log";
            long before = Length(site, name);
            site.Root.Write("settings/audit.ini", (i % 2 == 0 ? other : AuditSite.Enabled) + $"# {i}\n");
            Assert.IsTrue(SpinWait.SpinUntil(
                () =>
                {
                    Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Number", written++)));
                    return Length(site, name) > before;
                },
                Patience));
        }
        Assert.HasCount(written, [.. site.Records("login.log"), .. site.Records("other.log")]);
    }

    private static long Length(AuditSite site, string name) => site.Has(name) ? new FileInfo(site.Root[$"{AuditSite.LogDirectory}/{name}"]).Length : 0;
}
