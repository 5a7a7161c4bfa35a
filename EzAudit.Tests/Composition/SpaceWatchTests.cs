using EzAudit.Composition;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Composition;

/// <summary>A disk that runs low is told of before it is full.</summary>
[TestClass]
[DoNotParallelize] // Mounts.
public sealed class SpaceWatchTests
{
    [TestMethod]
    [Fault(12)]
    public void ADiskThatRunsLowIsToldOfOnceUntilThereIsRoomAgainOrStillLess()
    {
        using var root = new TempFolder();
        using var disk = new SmallDisk(root["disk"], "80m");
        var log = new FakeLoggerFactory();
        string directory = root["disk"];
        using var watch = new SpaceWatch(() => [directory], new Diagnostics(log.CreateLogger("EzAudit")));

        watch.Look();
        Assert.IsEmpty(log.Messages);

        string low = Take(directory, 30);
        watch.Look();
        watch.Look();
        Assert.AreEqual($"{directory}: found 50 MiB of free space, wanted at least 64 MiB: records cannot be stored on a full disk.", log.Messages.Single());

        string critical = Take(directory, 45);
        watch.Look();
        watch.Look();
        Assert.AreEqual($"{directory}: found 5 MiB of free space, wanted at least 64 MiB: records cannot be stored on a full disk.", log.Messages.Last());
        Assert.HasCount(2, log.Messages);

        File.Delete(low);
        File.Delete(critical);
        watch.Look();
        Assert.HasCount(2, log.Messages);
        Take(directory, 30);
        watch.Look();
        Assert.HasCount(3, log.Messages);
    }

    private static string Take(string directory, int mebibytes)
    {
        string path = Path.Combine(directory, $"{mebibytes}");
        File.WriteAllBytes(path, new byte[mebibytes << 20]);
        return path;
    }
}
