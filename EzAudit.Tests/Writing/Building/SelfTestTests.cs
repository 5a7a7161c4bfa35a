using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

/// <summary>The self-test at the start reports trouble then, not at the first sign-in.</summary>
[TestClass]
[DoNotParallelize] // Mounts, and a child under strace.
public sealed class SelfTestTests
{
    private const string Stranger = "4711";
    private const string WantedDirectory = "a log directory that this process can write to, lock and sync";

    [TestMethod]
    public void AFullDiskStopsTheStart()
    {
        using var site = new AuditSite();
        using var disk = new SmallDisk(site.Root["var"]);
        Directory.CreateDirectory(site.Root[$"{AuditSite.LogDirectory}/.ezaudit"]);
        disk.Fill();

        AuditSettingsProblem problem = Refusal(site);

        Assert.AreEqual((site.Root[AuditSite.LogDirectory], WantedDirectory), (problem.File, problem.Expected));
        StringAssert.EndsWith(problem.Found, ": writing failed: no space left on the disk (ENOSPC)", StringComparison.Ordinal);
    }

    [TestMethod]
    [Fault(18)]
    public void AReadOnlyDiskStopsTheStart()
    {
        using var site = new AuditSite();
        using var disk = new LoopDisk(site.Root["var"]);
        disk.Remount("ro");

        StringAssert.EndsWith(Refusal(site).Found, ": opening failed: the file system is read-only (EROFS)", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("fdatasync", "syncing failed: input/output error (EIO)")]
    [DataRow("fsync", "syncing failed: input/output error (EIO)")]
    [DataRow("flock", "locking failed: input/output error (EIO)")]
    public void ACallThatFailsStopsTheStart(string call, string found)
    {
        Needs.Programs("strace");
        using var site = new AuditSite();

        var refused = Assert.ThrowsExactly<InvalidOperationException>(
            () => CommandedProcess.Start(site.Root.Path, "strace", "-f", "-qq", "-o", site.Root["trace"], "-e", $"trace={call}", "-e", $"inject={call}:error=EIO").Dispose());

        StringAssert.StartsWith(refused.Message, "refused ", StringComparison.Ordinal);
        Assert.Contains(found, refused.Message);
    }

    [TestMethod]
    public void ALogFileThatCannotBeOpenedStopsTheStart()
    {
        using var site = new AuditSite();
        Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        File.CreateSymbolicLink(site.Root[$"{AuditSite.LogDirectory}/login.log"], "/dev/null");

        Assert.AreEqual($"{site.Root[$"{AuditSite.LogDirectory}/login.log"]}: opening failed: the path contains a symbolic link (ELOOP)", Refusal(site).Found);
    }

    [TestMethod]
    public void ALogFileDirectoryThatLeadsElsewhereStopsTheStart()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[own]=own/own.log\n");
        Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        Directory.CreateDirectory(site.Root["elsewhere"]);
        Directory.CreateSymbolicLink(site.Root[$"{AuditSite.LogDirectory}/own"], site.Root["elsewhere"]);

        StringAssert.EndsWith(Refusal(site).Found, ": opening failed: the path contains a symbolic link (ELOOP)", StringComparison.Ordinal);
    }

    [TestMethod]
    [Fault(30)]
    public void ADirectoryThatEveryUserCanWriteToStopsTheStart()
    {
        using var site = new AuditSite();
        Open(Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]).FullName);

        Assert.AreEqual(
            new AuditSettingsProblem(
                site.Root[AuditSite.LogDirectory], 0, "a directory that every user can write to (0777)",
                "one that others cannot write to (chmod o-w), or StorageDirPermissions in site.ini that allows it"),
            Refusal(site));
    }

    [TestMethod]
    public void WhereFilesOfOthersCannotBeReplacedOthersMayAddTheirOwn()
    {
        using var site = new AuditSite();
        string directory = Open(Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]).FullName);
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.StickyBit);

        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    public void ALogFileThatEveryUserCanWriteToStopsTheStart()
    {
        using var site = new AuditSite();
        string log = Open(site.Root.Write($"{AuditSite.LogDirectory}/login.log", ""));

        Assert.AreEqual(
            new AuditSettingsProblem(
                log, 0, "a log file that every user can write to (0777)", "one that others cannot write to (chmod o-w), or LogFilePermissions in site.ini that allows it"),
            Refusal(site));
    }

    [TestMethod]
    public void FilesCreatedByEzPublishAccordingToItsSettingsAreAccepted()
    {
        using var site = new AuditSite();
        site.Root.Write("settings/site.ini", "[FileSettings]\nLogFilePermissions=0666\nStorageDirPermissions=0777\n");
        Open(site.Root.Write($"{AuditSite.LogDirectory}/login.log", ""));
        Open(site.Root[AuditSite.LogDirectory]);

        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    public void ALogFileOfAStrangerStopsTheStart()
    {
        Needs.Root("chown");
        using var site = new AuditSite();
        string log = site.Root.Write($"{AuditSite.LogDirectory}/login.log", "");
        Command.Run("chown", Stranger, log);

        Assert.AreEqual(
            new AuditSettingsProblem(
                log, 0, $"a log file of user {Stranger}",
                "one of user 0 (this process), of root, or of the directory's owner, user 0; or LogFilePermissions in site.ini that allow a group to write"),
            Refusal(site));
    }

    [TestMethod]
    public void WhereAGroupMayWriteLogFilesMayBelongToItsOtherUsers()
    {
        Needs.Root("chown");
        using var site = new AuditSite();
        site.Root.Write("settings/site.ini", "[FileSettings]\nLogFilePermissions=0660\n");
        Command.Run("chown", Stranger, site.Root.Write($"{AuditSite.LogDirectory}/login.log", ""));

        Assert.IsTrue(site.Writer.WriteAudit("user-login"));
    }

    [TestMethod]
    public void ADirectoryOfAnotherUserIsAWarning()
    {
        Needs.Root("setpriv");
        using var site = new AuditSite();
        string directory = Open(Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]).FullName);
        foreach (string path in new[] { site.Root.Path, site.Root["settings"], site.Root["settings/audit.ini"], site.Root["var"], site.Root["var/log"] }) Open(path);
        Command.Run("chown", Stranger, directory);
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.StickyBit);

        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, "setpriv", "--reuid=65534", "--clear-groups");

        Assert.AreEqual("stored", child.Write("r"));
        Assert.Contains($"{directory}: found a directory of user {Stranger}, expected one of user 65534 (this process) or of root", child.Finish().Errors);
    }

    [TestMethod]
    [Fault(30)]
    [DataRow("var")]
    [DataRow("var/log")]
    public void ADirectoryAboveThatEveryUserCanWriteToIsAWarning(string above)
    {
        using var site = new AuditSite();
        Open(Directory.CreateDirectory(site.Root[above]).FullName);

        AuditSettingsProblem problem = AuditInspection.Of(site.Root.Path).Problems.Single(problem => problem.File == site.Root[above]);

        Assert.AreEqual(("a directory above the log directory that every user can write to (0777)", true), (problem.Found, problem.IsWarning));
        File.SetUnixFileMode(site.Root[above], File.GetUnixFileMode(site.Root[above]) | UnixFileMode.StickyBit);
        Assert.IsEmpty(AuditInspection.Of(site.Root.Path).Problems.Where(problem => problem.File == site.Root[above]));
    }

    [TestMethod]
    public void ADirectoryBehindALinkIsCheckedAtItsRealPath()
    {
        using var site = new AuditSite();
        Directory.CreateDirectory(site.Root["elsewhere/log"]);
        Open(site.Root["elsewhere"]);
        Directory.CreateDirectory(site.Root["var"]);
        Directory.CreateSymbolicLink(site.Root["var/log"], "../elsewhere/log");

        Assert.Contains(site.Root["elsewhere"], AuditInspection.Of(site.Root.Path).Problems.Select(problem => problem.File));
    }

    [TestMethod]
    [DataRow("login.log.lock")]
    [DataRow("login.log.next")]
    [DataRow("login.log.gzip")]
    public void ALockFileThatIsALinkStopsTheStart(string name)
    {
        using var site = new AuditSite();
        Directory.CreateDirectory(site.Root[$"{AuditSite.LogDirectory}/.ezaudit"]);
        File.CreateSymbolicLink(site.Root[$"{AuditSite.LogDirectory}/.ezaudit/{name}"], site.Root.Write("victim", ""));

        Assert.AreEqual($"{site.Root[$"{AuditSite.LogDirectory}/.ezaudit/{name}"]}: opening failed: the path contains a symbolic link (ELOOP)", Refusal(site).Found);
    }

    [TestMethod]
    [Fault(12, 23)]
    public void LittleRoomAndMemoryAreWarnings()
    {
        using var site = new AuditSite();
        using var disk = new SmallDisk(site.Root["var"]);

        CollectionAssert.AreEqual(
            new[]
            {
                "found 0 MiB of free space, expected at least 64 MiB",
                "found a directory on tmpfs, expected a disk: files in memory do not survive a restart",
            },
            Warnings(site));
    }

    [TestMethod]
    [Fault(23)]
    public void AContainersOwnLayerIsAWarning()
    {
        using var site = new AuditSite();
        using var disk = new SmallDisk(site.Root["disk"], "65m");
        foreach (string part in new[] { "disk/lower", "disk/upper", "disk/work", "var" }) Directory.CreateDirectory(site.Root[part]);
        var (exitCode, _, errors) = Command.Try(
            "mount", "-t", "overlay", "overlay", "-o", $"lowerdir={site.Root["disk/lower"]},upperdir={site.Root["disk/upper"]},workdir={site.Root["disk/work"]}", site.Root["var"]);
        if (exitCode != 0) Needs.LeaveOut($"mount was refused: {errors.Trim()}");
        try
        {
            Assert.Contains("found a directory on overlay, expected a disk or a volume: files in a container's own layer are deleted with it", Warnings(site));
        }
        finally
        {
            Command.Run("umount", "-l", site.Root["var"]);
        }
    }

    [TestMethod]
    public void ItLeavesNothingBehind()
    {
        using var site = new AuditSite(AuditSite.Enabled + "AuditFileNames[own]=own/own.log\n");
        Directory.CreateDirectory(site.Root[$"{AuditSite.LogDirectory}/own"]);

        Assert.IsTrue(AuditInspection.Of(site.Root.Path).CanStart);

        CollectionAssert.AreEqual(new[] { site.Root[$"{AuditSite.LogDirectory}/own"] }, Directory.GetFileSystemEntries(site.Root[AuditSite.LogDirectory], "*", SearchOption.AllDirectories));
    }

    private static AuditSettingsProblem Refusal(AuditSite site) => Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer).Problems.Single(problem => !problem.IsWarning);

    private static string[] Warnings(AuditSite site)
    {
        AuditInspection inspection = AuditInspection.Of(site.Root.Path);
        Assert.IsTrue(inspection.CanStart);
        return [.. inspection.Problems.Where(problem => problem.File == site.Root[AuditSite.LogDirectory]).Select(problem => $"found {problem.Found}, expected {problem.Expected}")];
    }

    private static string Open(string path)
    {
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        return path;
    }
}
