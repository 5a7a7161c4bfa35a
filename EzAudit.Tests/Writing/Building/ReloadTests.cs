using System.Diagnostics;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

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
    public void ARemovedOverrideIsSeen()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=disabled\nAuditFileNames[user-login]=login.log\n");
        string path = site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=enabled\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        File.Delete(path);
        Assert.IsTrue(SpinWait.SpinUntil(() => !site.Writer.WriteAudit("user-login"), Patience));
    }

    [TestMethod]
    [Fault(64)]
    public void ABrokenEditKeepsTheLastGoodSettingsAndIsReported()
    {
        var log = new FakeLoggerFactory();
        using var site = new AuditSite(configure: builder => builder.LoggerFactory = log);
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=off\n");
        Assert.IsTrue(SpinWait.SpinUntil(() => !log.Messages.IsEmpty, Patience));
        Assert.AreEqual(
            "settings/override/audit.ini:2: found \"off\", expected \"enabled\" or \"disabled\"; the previous settings stay in force", log.Messages.First());
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    [Fault(64)]
    public void AnEditorThatEmptiesAFileAndWritesItInPiecesTurnsNothingOff()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
        for (int attempt = 1; attempt <= 5; attempt++)
        {
            var (missed, longestRest) = EditInPieces(site);
            if (missed == 0) return;
            // An editor that was delayed this long has left its file unchanged meanwhile.
            if (longestRest < TimeSpan.FromMilliseconds(100)) Assert.Fail($"{missed} calls found audit off.");
            Until.True(() => site.Writer.WriteAudit("user-login"), "the whole file is in effect again");
        }
        Needs.LeaveOut("the machine is too busy");
    }

    // Edits for several rounds of the watcher, about one piece per millisecond; the file is complete at the end.
    private static (int Missed, TimeSpan LongestRest) EditInPieces(AuditSite site)
    {
        string path = site.Root["settings/audit.ini"];
        string[] lines = File.ReadAllLines(path);
        int missed = 0;
        TimeSpan longest = TimeSpan.Zero;
        long written = Stopwatch.GetTimestamp();
        for (long end = Environment.TickCount64 + 1500; Environment.TickCount64 < end;)
        {
            File.WriteAllText(path, "");
            foreach (string line in lines)
            {
                File.AppendAllText(path, line + "\n");
                TimeSpan rest = Stopwatch.GetElapsedTime(written);
                written = Stopwatch.GetTimestamp();
                if (rest > longest) longest = rest;
                for (int i = 0; i < 20; i++) missed += site.Writer.WriteAudit("user-login") ? 0 : 1;
            }
        }
        return (missed, longest);
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
