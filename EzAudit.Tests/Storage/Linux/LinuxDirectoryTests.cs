using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

[TestClass]
public sealed class LinuxDirectoryTests
{
    private const string Lock = ".ezaudit/a.log.lock";

    [TestMethod]
    public void ARemovedDirectoryIsCreatedAgain()
    {
        using var folder = new TempFolder();
        using LinuxDirectory directory = Open(folder);
        directory.OpenLock(Lock).Dispose();
        Directory.Delete(folder["var"], recursive: true);
        directory.OpenLock(Lock).Dispose();
        Assert.IsTrue(File.Exists(folder["var/log/" + Lock]));
    }

    [TestMethod]
    public async Task RemovingDirectoriesBlocksNobody()
    {
        using var folder = new TempFolder();
        using LinuxDirectory directory = Open(folder);
        using var stop = new CancellationTokenSource();
        int removals = 0;
        Task remover = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) Remove(folder, ref removals);
        });
        try
        {
            for (int i = 0; i < 200; i++)
            {
                // Only a few times, like processes that start: removing directories endlessly would keep everyone out.
                Volatile.Write(ref removals, 3);
                using IFileLock made = directory.OpenLock(Lock);
                Volatile.Write(ref removals, 0);
                File.Delete(folder["var/log/" + Lock]);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await remover;
        }
    }

    // Like the self-test of a process that starts at the same time: removes empty directories from the bottom up.
    private static void Remove(TempFolder folder, ref int removals)
    {
        try
        {
            foreach (string level in new[] { "var/log/.ezaudit", "var/log", "var" })
            {
                if (Volatile.Read(ref removals) <= 0) return;
                Directory.Delete(folder[level]);
                Interlocked.Decrement(ref removals);
            }
        }
        catch (IOException)
        {
            // Missing or not empty.
        }
    }

    private static LinuxDirectory Open(TempFolder folder)
    {
        if (!OperatingSystem.IsLinux()) Needs.LeaveOut("it needs Linux");
        return new LinuxDirectory(folder["var/log"], new AccessRule(LogFolder.OwnerOnly, LogFolder.OwnerDirectory));
    }
}
