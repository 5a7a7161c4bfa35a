using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore.Hosting;

/// <summary>A host that cannot audit does not start and says why.</summary>
[TestClass]
public sealed class HostStartTests
{
    [TestMethod]
    [Fault(65)]
    public void UnusableSettingsEndTheProcessWithFileAndLine()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=enabled\nAuditFileNames[user-login]=login.log\n[FunctionDefaults]\nDurability=sometimes\n");
        using ChildProcess host = ChildProcess.Start(nameof(RunHost), site.Root.Path);
        var (exitCode, output, errors) = host.Finish();
        Assert.AreNotEqual(0, exitCode);
        Assert.DoesNotContain("started", output);
        Assert.Contains("settings/audit.ini:5: found \"sometimes\", expected \"disk\", \"os\" or \"queue\"", errors);
    }

    [TestMethod]
    [Fault(19)]
    public void ALogDirectoryThatCannotBeMadeEndsTheProcess()
    {
        using var site = new AuditSite();
        site.Root.Write("var", "a file where the directory is to be");
        using ChildProcess host = ChildProcess.Start(nameof(RunHost), site.Root.Path);
        var (exitCode, _, errors) = host.Finish();
        Assert.AreNotEqual(0, exitCode);
        Assert.Contains(site.Root["var/log/audit"], errors);
    }

    [TestMethod]
    public void UsableSettingsStartTheHost()
    {
        using var site = new AuditSite();
        using ChildProcess host = ChildProcess.Start(nameof(RunHost), site.Root.Path);
        Until.True(() => host.ReadLine() == "started", "the host has started");
        host.Input.Close();
        Assert.AreEqual(0, host.Finish().ExitCode);
    }
}
