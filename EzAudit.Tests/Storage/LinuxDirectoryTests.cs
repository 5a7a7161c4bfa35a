using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage;

[TestClass]
public sealed class LinuxDirectoryTests
{
    private const string Lock = ".ezaudit/a.log.lock";

    [TestMethod]
    public void ADirectoryThatWasTakenAwayIsMadeAnew()
    {
        using var folder = new TempFolder();
        using LinuxDirectory directory = Open(folder);
        directory.OpenLock(Lock).Dispose();
        Directory.Delete(folder["var"], recursive: true);
        directory.OpenLock(Lock).Dispose();
        Assert.IsTrue(File.Exists(folder["var/log/" + Lock]));
    }

    [TestMethod]
    public async Task OneWhoTakesDirectoriesAwayIsInNobodysWay()
    {
        using var folder = new TempFolder();
        using LinuxDirectory directory = Open(folder);
        using var stop = new CancellationTokenSource();
        Task remover = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) Remove(folder);
        });
        int opened = 0;
        try
        {
            for (; opened < 200; opened++)
            {
                using IFileLock made = directory.OpenLock(Lock);
                File.Delete(folder["var/log/" + Lock]);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await remover;
        }
        Assert.AreEqual(200, opened);
    }

    // As the self-test of a process does that starts at the same time: what is empty, from below.
    private static void Remove(TempFolder folder)
    {
        try
        {
            foreach (string level in new[] { "var/log/.ezaudit", "var/log", "var" }) Directory.Delete(folder[level]);
        }
        catch (IOException)
        {
            // Not there, or not empty.
        }
    }

    private static LinuxDirectory Open(TempFolder folder)
    {
        if (!OperatingSystem.IsLinux()) Needs.LeaveOut("it needs Linux");
        return new LinuxDirectory(folder["var/log"], UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
