using EzAudit.Storage;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

/// <summary>Programs that an application starts inherit nothing of its audit trail.</summary>
[TestClass]
[DoNotParallelize]
public sealed class InheritanceTests
{
    [TestMethod]
    [Fault(60)]
    public void AStartedProgramHoldsNoFileOfTheTrail()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=disk\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));
        Assert.IsNotEmpty(FilesOf(Environment.ProcessId, site));

        using ChildProcess child = ChildProcess.StartProgram("sh", "-c", "echo started; read line");
        Assert.AreEqual("started", child.ReadLine());

        Assert.IsEmpty(FilesOf(child.Id, site));
    }

    [TestMethod]
    [Fault(60)]
    public void AStartedProgramHoldsNoLock()
    {
        using var folder = new LogFolder();
        using ILogDirectory directory = folder.NewDirectory();
        IFileLock held = directory.OpenLock("a.lock");
        Assert.IsTrue(held.TryLock());
        using ChildProcess child = ChildProcess.StartProgram("sh", "-c", "echo started; read line");
        Assert.AreEqual("started", child.ReadLine());

        // Closed, not unlocked: a copy of the descriptor elsewhere would keep the lock.
        held.Dispose();

        using IFileLock next = directory.OpenLock("a.lock");
        Assert.IsTrue(next.TryLock());
    }

    private static string[] FilesOf(int process, AuditSite site) =>
    [
        .. Directory.GetFileSystemEntries($"/proc/{process}/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget ?? "").Where(target => target.StartsWith(site.Root.Path, StringComparison.Ordinal)),
    ];
}
