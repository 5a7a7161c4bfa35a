using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests;

[TestClass]
public sealed class AuditTrailTests
{
    [TestMethod]
    public void CallsGoToTheWriterOfTheFlow()
    {
        using var site = new AuditSite();
        using (AuditTrail.Use(site.Writer))
        {
            Assert.AreSame(site.Writer, AuditTrail.Current);
            Assert.IsTrue(AuditTrail.WriteAudit("user-login", ("User id", 14)));
        }
        Assert.AreNotSame(site.Writer, AuditTrail.Current);
        Assert.HasCount(1, site.Records("login.log"));
    }

    [TestMethod]
    public async Task TwoFlowsWriteToTwoWriters()
    {
        using var first = new AuditSite();
        using var second = new AuditSite();
        async Task Write(AuditWriter writer, int count)
        {
            using IDisposable use = AuditTrail.Use(writer);
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                await AuditTrail.WriteAuditAsync("user-login", ("Number", i));
            }
        }
        await Task.WhenAll(Write(first.Writer, 3), Write(second.Writer, 5));
        Assert.HasCount(3, first.Records("login.log"));
        Assert.HasCount(5, second.Records("login.log"));
    }

    [TestMethod]
    public void WithoutHostOrCodeTheSettingsAreFoundBelowEzAuditRoot()
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", AuditSite.Enabled);
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteOnce), "user-login");
        Assert.AreEqual((0, "True\n", ""), child.Finish());
        Assert.Contains("User id: 14", root.Read("var/log/audit/login.log"));
    }

    [TestMethod]
    public void TheRootIsFixedAtTheStart()
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", AuditSite.Enabled);
        Directory.CreateDirectory(root["elsewhere"]);
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = "" }, nameof(WriteOnce), "user-login", root["elsewhere"]);
        Assert.AreEqual((0, "True\nTrue\n", ""), child.Finish());
        ReadBack read = ReadBack.Of(root["var/log/audit/login.log"]);
        Assert.HasCount(2, read.Records.ToArray());
    }

    [TestMethod]
    [Fault(7)]
    public void WhatIsQueuedIsWrittenWhenTheProcessIsToldToEnd()
    {
        if (!OperatingSystem.IsLinux()) Needs.LeaveOut("it needs signals and locks of Linux");
        using var root = new TempFolder();
        root.Write("settings/audit.ini", AuditSite.Enabled + "[FunctionDefaults]\nDurability=queue\n");
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(root[AuditSite.LogDirectory], new AccessRule(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        using IFileLock obstacle = directory.OpenLock(LockFiles.LeaseName("login.log"));
        // Nothing can be written before the signal arrives: another process holds the lock.
        Assert.IsTrue(obstacle.TryLock());
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteAndWait), "100");
        Assert.AreEqual("written", child.ReadLine());

        Native.Signal(child.Id, Native.SigTerminate);
        SpinWait.SpinUntil(() => child.HasEnded, TimeSpan.FromMilliseconds(500));
        obstacle.Unlock();

        Assert.AreEqual(128 + Native.SigTerminate, child.Finish().ExitCode);
        ReadBack read = ReadBack.Of(root["var/log/audit/login.log"]);
        Assert.HasCount(100, read.Records.ToArray());
    }

    [TestMethod]
    [DataRow("disk")]
    [DataRow("queue")]
    public void AProcessExitHandlerAddedLateCanStillWrite(string durability)
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", $"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteLate), "user-login");

        var (exitCode, output, errors) = child.Finish();

        Assert.AreEqual((0, "True\n", ""), (exitCode, output, errors));
        ReadBack read = ReadBack.Of(root["var/log/audit/login.log"]);
        CollectionAssert.AreEqual(new[] { "1", "2" }, read.Records.Select(record => record.Record["User id"]).ToArray());
    }

    [TestMethod]
    public void TheStopIsTheLastRecordEvenAfterLateHandlers()
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", AuditSite.Enabled + "AuditFileNames[audit-stop]=login.log\n");
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteLate), "user-login");

        Assert.AreEqual((0, "True\n", ""), child.Finish());

        ReadBack read = ReadBack.Of(root["var/log/audit/login.log"]);
        CollectionAssert.AreEqual(
            new[] { "1", "ezaudit", "2", "ezaudit" }, read.Records.Select(item => item.Record["User id"] ?? item.Record.Actor.Login).ToArray());
    }

    [TestMethod]
    public void WithoutAnySettingsAuditIsOffAndSaysWhereItLooked()
    {
        using var root = new TempFolder();
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteOnce), "user-login");
        var (exitCode, output, errors) = child.Finish();
        Assert.AreEqual((0, "False\n"), (exitCode, output));
        Assert.AreEqual($"EzAudit: {root.Path}: found no settings/audit.ini and no override of it, so audit is off, expected one: publish the settings directory with the application, or set EZAUDIT_ROOT to the directory that has it\n", errors);
    }

    [TestMethod]
    [Fault(65)]
    public void BrokenSettingsAreNeverSilentlyOff()
    {
        using var root = new TempFolder();
        root.Write("settings/audit.ini", "[AuditSettings]\nAudit=on\n");
        using ChildProcess child = ChildProcess.StartIn(root.Path, new() { ["EZAUDIT_ROOT"] = root.Path }, nameof(WriteOnce), "user-login");
        var (exitCode, _, errors) = child.Finish();
        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("settings/audit.ini:2: found \"on\", expected \"enabled\" or \"disabled\"", errors);
    }
}
