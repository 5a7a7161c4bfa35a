using EzAudit.Settings.Model;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using EzAudit.Writing;

namespace EzAudit.Tests.Writing;

/// <summary>A disk that is running out of space is reported before it is full.</summary>
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

        watch.Check();
        Assert.IsEmpty(log.Messages);

        string low = Take(directory, 30);
        watch.Check();
        watch.Check();
        Assert.AreEqual($"{directory}: found 50 MiB of free space, expected at least 64 MiB: records cannot be stored on a full disk.", log.Messages.Single());

        string critical = Take(directory, 45);
        watch.Check();
        watch.Check();
        Assert.AreEqual($"{directory}: found 5 MiB of free space, expected at least 64 MiB: records cannot be stored on a full disk.", log.Messages.Last());
        Assert.HasCount(2, log.Messages);

        File.Delete(low);
        File.Delete(critical);
        watch.Check();
        Assert.HasCount(2, log.Messages);
        Take(directory, 30);
        watch.Check();
        Assert.HasCount(3, log.Messages);
    }

    [TestMethod]
    public void TheReserveIsHeldReleasedAndReportedOnce()
    {
        long? free = 100 << 20;
        var log = new FakeLoggerFactory();
        var found = new List<string?>();
        using var watch = new SpaceWatch(() => ["/log"], new Diagnostics(log.CreateLogger("EzAudit")))
        {
            FreeAt = _ => free,
            Settings = () => new DiskSettings { LowSpace = 0, CriticalSpace = 0, Reserve = 8 << 20 },
            OnShortage = (_, shortage) => found.Add(shortage),
        };
        const string shortage = "/log: found 8191 KiB of free space, expected more than the reserve of 8192 KiB: functions with OnFailure=continue are not written until there is more.";

        watch.Check();
        free = (8 << 20) - 1;
        watch.Check();
        watch.Check();
        free = 8 << 20;
        watch.Check();
        free = null; // Unknown: nothing is refused because of that.
        watch.Check();

        CollectionAssert.AreEqual(new[] { null, shortage, shortage, null, null }, found);
        Assert.AreEqual(shortage, log.Messages.Single());
    }

    [TestMethod]
    public void BoundsOfZeroAreOff()
    {
        var log = new FakeLoggerFactory();
        using var watch = new SpaceWatch(() => ["/log"], new Diagnostics(log.CreateLogger("EzAudit")))
        {
            FreeAt = static _ => 0,
            Settings = () => new DiskSettings { LowSpace = 0, CriticalSpace = 0 },
            OnShortage = static (_, shortage) => Assert.IsNull(shortage),
        };

        watch.Check();

        Assert.IsEmpty(log.Messages);
    }

    private static string Take(string directory, int mebibytes)
    {
        string path = Path.Combine(directory, $"{mebibytes}");
        File.WriteAllBytes(path, new byte[mebibytes << 20]);
        return path;
    }
}
