using EzAudit.Storage.Platform;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Platform;

/// <summary>What is reported about a log directory.</summary>
[TestClass]
public sealed class DirectoryStateTests
{
    // Two processes that start in a fresh root do this: seen when two scripts ran "ezaudit write" at the same time.
    [TestMethod]
    public void ADirectoryThatComesAndGoesMeanwhileExistsOrDoesNot()
    {
        using var folder = new TempFolder();
        string path = folder["var/log"];
        using var done = new CancellationTokenSource();
        Task other = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Directory.CreateDirectory(path);
                Directory.Delete(path);
            }
        });

        for (int i = 0; i < 20_000; i++) Assert.AreEqual(path, DirectoryState.Of(path).Path);

        done.Cancel();
        other.Wait();
    }
}
