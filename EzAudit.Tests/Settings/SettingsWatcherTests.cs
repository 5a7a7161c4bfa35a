using EzAudit.Settings;

namespace EzAudit.Tests.Settings;

/// <summary>Noticing that settings files change.</summary>
[TestClass]
public sealed class SettingsWatcherTests
{
    [TestMethod]
    public void NothingHasChangedAtFirst()
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
    public void AFileThatGoesIsNoticed()
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
        using var watcher = new SettingsWatcher(document, folder.Read, exception => Assert.Fail(exception.Message));

        Assert.IsTrue(watcher.CheckNow());
    }

    [TestMethod]
    public void TheCallbackIsNotCalledFromWithinItself()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        SettingsWatcher? watcher = null;
        bool? inner = null;
        watcher = new SettingsWatcher(folder.Read(), Changed, exception => Assert.Fail(exception.Message));
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
    public async Task TheThreadNoticesAnEditByItself()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        var noticed = new TaskCompletionSource();
        using var watcher = new SettingsWatcher(folder.Read(), Changed, noticed.SetException);
        watcher.Start();

        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");

        await noticed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        SettingsDocument Changed()
        {
            noticed.TrySetResult();
            return folder.Read();
        }
    }

    [TestMethod]
    public async Task WhatGoesWrongIsReported()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        var reported = new TaskCompletionSource<Exception>();
        using var watcher = new SettingsWatcher(folder.Read(), () => throw new InvalidOperationException("no"), exception => reported.TrySetResult(exception));
        folder.Write(SettingsFolder.Override, "[AuditSettings]", "LogDir=b");
        watcher.Start();

        Exception exception = await reported.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.AreEqual("no", exception.Message);
    }

    private static SettingsWatcher Watch(SettingsFolder folder) => new(folder.Read(), folder.Read, exception => Assert.Fail(exception.Message));
}
