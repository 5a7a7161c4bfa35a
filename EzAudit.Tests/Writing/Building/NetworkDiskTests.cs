using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

/// <summary>A log directory on a remote file system, according to the kernel's list of mounts.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NetworkDiskTests
{
    [TestMethod]
    [Fault(22)]
    [DataRow("nfs")]
    [DataRow("nfs4")]
    [DataRow("cifs")]
    public void ANetworkMountIsAWarningAndIsWrittenToUnderTheLock(string type)
    {
        Needs.Root("strace", "unshare", "mount");
        using var site = new AuditSite();
        string directory = site.Root[AuditSite.LogDirectory];
        string mounts = site.Root.Write("mounts", File.ReadAllText("/proc/self/mountinfo") + $"9999 1 0:99 / {site.Root.Path} rw - {type} server:/export rw\n");
        string[] wrapper =
        [
            "strace", "-f", "-qq", "-y", "-o", site.Root["trace"], "-e", "trace=flock,write", "-P", Path.Combine(directory, "login.log"), "-P", Path.Combine(directory, ".ezaudit/login.log.lock"),
            "unshare", "--mount", "sh", "-c", $"mount --bind {mounts} /proc/$$/mountinfo && exec \"$@\"", "sh",
        ];

        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, wrapper);
        Assert.AreEqual("stored", child.Write("r"));
        string errors = child.Finish().Errors;

        Assert.Contains($"{directory}: found a directory on {type}, expected a local disk", errors);
        string[] calls = [.. File.ReadLines(site.Root["trace"])];
        int locked = Array.FindIndex(calls, call => call.Contains("login.log.lock>, LOCK_EX", StringComparison.Ordinal));
        int written = Array.FindIndex(calls, call => call.Contains("write(", StringComparison.Ordinal) && call.Contains("/login.log>", StringComparison.Ordinal));
        Assert.IsTrue(locked >= 0 && locked < written, string.Join('\n', calls));
    }
}
