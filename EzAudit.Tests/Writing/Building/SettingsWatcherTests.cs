using EzAudit.Settings.Ini;
using EzAudit.Settings.Sources;
using EzAudit.Tests.Settings;
using EzAudit.Tests.Support;
using EzAudit.Writing.Background;
using EzAudit.Writing.Building;

namespace EzAudit.Tests.Writing.Building;

/// <summary>Notices changes of settings files.</summary>
[TestClass]
public sealed class SettingsWatcherTests
{
    [TestMethod]
    public void NothingHasChangedInitially()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        using SettingsWatcher watcher = Watch(folder);

        Assert.IsFalse(watcher.CheckNow());
    }

    [TestMethod]
    public void AnEditOfTheSameLengthIsNoticedOnce()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=a");
        using SettingsWatcher watcher = Watch(folder);

        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        Assert.IsTrue(watcher.CheckNow());
        Assert.IsFalse(watcher.CheckNow());
    }

    [TestMethod]
    public void AnOverrideDirectoryThatAppearsIsNoticed()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/audit.ini");
        using SettingsWatcher watcher = Watch(folder);

        folder.Write(SettingsFolder.Override, "[AuditSettings]");

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void ARemovedFileIsNoticed()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        using SettingsWatcher watcher = Watch(folder);

        File.Delete(Path.Combine(folder.Path, SettingsFolder.Override));

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void AFileRenamedOverAnotherIsNoticed()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=a").Write("new", "[AuditSettings]", "LogDir=b");
        using SettingsWatcher watcher = Watch(folder);

        File.Move(Path.Combine(folder.Path, "new"), Path.Combine(folder.Path, SettingsFolder.Override), overwrite: true);

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void AnExtensionThatSiteIniNamesLaterIsWatchedFromThenOn()
    {
        using SettingsFolder folder = new SettingsFolder().Write("settings/site.ini", "[ExtensionSettings]");
        using SettingsWatcher watcher = Watch(folder);
        folder.Write("settings/site.ini", "[ExtensionSettings]", "ActiveExtensions[]=one");
        watcher.CheckNow();

        folder.Write("extension/one/settings/audit.ini", "[AuditSettings]");

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void AChangeOfTheConfigurationIsNoticed()
    {
        using var folder = new SettingsFolder { Configuration = new() { ["AuditSettings:LogDir"] = "a" } };
        using SettingsWatcher watcher = Watch(folder);

        folder.Configuration["AuditSettings:LogDir"] = "b";

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void AnEditBetweenReadingAndWatchingIsNoticed()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        SettingsDocument document = folder.Read();
        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");
        using SettingsWatcher watcher = Watch(document, folder.Read);

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void TheCallbackIsNotCalledFromWithinItself()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        SettingsWatcher? watcher = null;
        bool? inner = null;
        watcher = Watch(folder.Read(), Changed);
        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        Assert.IsTrue(watcher.CheckNow());
        Assert.IsFalse(inner);
        watcher.Dispose();

        SettingsDocument Changed()
        {
            inner = watcher!.CheckNow();
            return folder.Read();
        }
    }

    [TestMethod]
    [DataRow("#\n")]
    [DataRow("")] // Written again as it was: between two looks it may have been anything.
    public void AFileStillBeingEditedIsNotRead(string piece)
    {
        int pieces = 0;
        string path = "";
        using var folder = new SettingsFolder { Configuration = [], OnLook = () => pieces = Edit(path, pieces, piece) };
        folder.Write(SettingsFolder.Override, "[AuditSettings]");
        int read = 0;
        using SettingsWatcher watcher = Watch(folder.Read(), () => Read(folder, ref read));

        // An editor writes its next piece after each look.
        path = Path.Combine(folder.Path, SettingsFolder.Override);
        pieces = 4;
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        while (pieces > 0) Assert.IsFalse(watcher.CheckNow());

        Assert.AreEqual(0, read);
        Assert.IsTrue(watcher.CheckNow());
        Assert.AreEqual(1, read);
        Assert.IsFalse(watcher.CheckNow());
    }

    [TestMethod]
    public void AChangeBeforeAnEarlierOneTakesEffectIsReadToo()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        bool isOutdated = true;
        using SettingsWatcher watcher = Watch(folder.Read(), () => isOutdated ? null : folder.Read());
        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        Assert.IsFalse(watcher.CheckNow());
        isOutdated = false;
        Assert.IsTrue(watcher.CheckNow());
    }

    private static int Edit(string path, int pieces, string piece)
    {
        if (pieces == 0) return 0;
        File.WriteAllText(path, File.ReadAllText(path) + piece);
        return pieces - 1;
    }

    private static SettingsDocument Read(SettingsFolder folder, ref int count)
    {
        count++;
        return folder.Read();
    }

    [TestMethod]
    public async Task AnEditIsNoticedByItself()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        var noticed = new TaskCompletionSource();
        using var maintenance = new MaintenanceThread(noticed.SetException);
        using var watcher = new SettingsWatcher(folder.Read(), Changed, noticed.SetException);
        watcher.StartOn(maintenance);
        maintenance.Start();

        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        await noticed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        SettingsDocument Changed()
        {
            noticed.TrySetResult();
            return folder.Read();
        }
    }

    [TestMethod]
    public async Task FailuresAreReported()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        var reported = new TaskCompletionSource<Exception>();
        using var maintenance = new MaintenanceThread(failure => reported.TrySetException(failure));
        using var watcher = new SettingsWatcher(folder.Read(), () => throw new InvalidOperationException("no"), exception => reported.TrySetResult(exception));
        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");
        watcher.StartOn(maintenance);
        maintenance.Start();

        Exception exception = await reported.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.AreEqual("no", exception.Message);
    }

    [TestMethod]
    [DataRow(true, 8 + 10)] // Until its look is trusted, and from then on in every tenth round.
    [DataRow(false, 100)]
    public void AFileThatLooksUnchangedIsReadOnlyOccasionally(bool looksFirst, int expected)
    {
        if (looksFirst && !OperatingSystem.IsLinux()) Needs.LeaveOut("it needs statx");
        using var folder = new SettingsFolder { LooksFirst = looksFirst };
        folder.Write(SettingsFolder.Override, "[AuditSettings]");
        using SettingsWatcher watcher = Watch(folder);
        int reads = 0;
        folder.OnRead = path => reads += path.EndsWith(SettingsFolder.Override, StringComparison.Ordinal) ? 1 : 0;

        for (int round = 1; round <= 100; round++) Assert.IsFalse(watcher.SeesChange());

        Assert.AreEqual(expected, reads);
    }

    [TestMethod]
    public void AnEditThatKeepsLengthAndTimeOfWritingIsSeenInTheNextRound()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=a");
        using SettingsWatcher watcher = Watch(folder);
        for (int round = 1; round < 15; round++) Assert.IsFalse(watcher.SeesChange());
        string path = Path.Combine(folder.Path, SettingsFolder.Override);
        DateTime written = File.GetLastWriteTimeUtc(path);

        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");
        File.SetLastWriteTimeUtc(path, written);

        Assert.IsTrue(watcher.SeesChange());
    }

    [TestMethod]
    public void ALinkRedirectedToAnotherFileIsSeenInTheNextRound()
    {
        using SettingsFolder folder = new SettingsFolder().Write("a/audit.ini", "[AuditSettings]", "LogDir=a").Write("b/audit.ini", "[AuditSettings]", "LogDir=b");
        Directory.CreateDirectory(Path.Combine(folder.Path, "settings"));
        string link = Path.Combine(folder.Path, "settings/override");
        Directory.CreateSymbolicLink(link, "../a");
        using SettingsWatcher watcher = Watch(folder);
        for (int round = 1; round < 15; round++) Assert.IsFalse(watcher.SeesChange());

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, "../b");

        Assert.IsTrue(watcher.SeesChange());
    }

    [TestMethod]
    public void AFileWithUntrustworthyTimesIsStillRead()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=a");
        // A file system that reports the same about a file whatever happens to it.
        SettingsDocument document = SettingsReader.Read(folder.Source with { Look = static _ => default(FileLook) }, new SettingsProblems());
        using SettingsWatcher watcher = Watch(document, () => document);
        for (int round = 1; round < 15; round++) Assert.IsFalse(watcher.SeesChange());

        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        Assert.IsTrue(Enumerable.Range(0, 10).Any(_ => watcher.SeesChange()));
    }

    private static SettingsWatcher Watch(SettingsFolder folder) => Watch(folder.Read(), folder.Read);

    // Nothing runs by itself, so nothing can fail outside the test's own calls.
    private static SettingsWatcher Watch(SettingsDocument document, Func<SettingsDocument?> changed) => new(document, changed, static _ => { });
}
