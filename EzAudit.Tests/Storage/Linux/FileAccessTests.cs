using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

/// <summary>Whose log files and directories are accepted, and who owns new ones.</summary>
[TestClass]
public sealed class FileAccessTests
{
    private const string User = "4711";
    private const string Stranger = "4712";
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;

    [TestMethod]
    public void WhatRootMakesBelongsToTheOwnerOfTheDirectory()
    {
        Needs.Root("chown", "stat");
        using var folder = new LogFolder();
        Give(User, folder.Root.Path);

        LogFolder.Append(folder.Open("sub/a.log"), "1");

        foreach (string made in new[] { "log", "log/sub", "log/sub/a.log", "log/.ezaudit", "log/.ezaudit/sub%2fa.log.lock", "log/.ezaudit/sub%2fa.log.next" })
            Assert.AreEqual($"{User} {User}", Command.Run("stat", "-c", "%u %g", folder.Root[made]).Trim(), made);
    }

    [TestMethod]
    public void WhatRootLeftEmptyIsGivenToTheOwnerOfTheDirectory()
    {
        Needs.Root("chown", "stat");
        using var folder = new LogFolder();
        folder.Root.Write("log/.ezaudit/a.log.lock", "");
        Give(User, folder.Path);

        LogFolder.Append(folder.Open("a.log"), "1");

        Assert.AreEqual(User, Command.Run("stat", "-c", "%u", folder.Root["log/.ezaudit"]).Trim());
        Assert.AreEqual(User, Command.Run("stat", "-c", "%u", folder.Root["log/.ezaudit/a.log.lock"]).Trim());
    }

    [TestMethod]
    [Fault(29)]
    public void AFileOfAStrangerIsRefusedAtEveryOpen()
    {
        Needs.Root("chown");
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1");
        File.Delete(folder.Root["log/a.log"]);
        Give(Stranger, folder.Root.Write("log/a.log", ""));

        Assert.AreEqual(
            $"{folder.Path}/a.log: found a log file of user {Stranger}, expected one of user 0 (this process), of root, or of the directory's owner, user 0; or LogFilePermissions in site.ini that allow a group to write.",
            Refusal(file));
        Assert.AreEqual("", folder.Read("a.log"));
    }

    [TestMethod]
    public void WhereStrangersMayMakeFilesAGroupThatMayWriteDoesNotMakeThemOurs()
    {
        Needs.Root("chown");
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        File.SetUnixFileMode(folder.Path, All | UnixFileMode.StickyBit);
        Give(Stranger, folder.Root.Write("log/a.log", ""));

        Assert.Contains($"found a log file of user {Stranger}", Refusal(folder.Open("a.log", fileMode: LogFolder.OwnerOnly | UnixFileMode.GroupWrite)));
    }

    [TestMethod]
    [DataRow(".ezaudit")]
    [DataRow("sub")]
    public void ADirectoryOfAStrangerIsRefused(string name)
    {
        Needs.Root("chown");
        using var folder = new LogFolder();
        Give(Stranger, Directory.CreateDirectory(folder.Root[$"log/{name}"]).FullName);

        Assert.Contains($"{folder.Path}/{name}: found a directory of user {Stranger}", Refusal(folder.Open("sub/a.log")));
    }

    [TestMethod]
    [DataRow("log")]
    [DataRow("log/sub")]
    [DataRow("log/.ezaudit")]
    public void ADirectoryThatIsOpenedToAllIsRefusedAtTheNextOpen(string name)
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("sub/a.log");
        LogFolder.Append(file, "1");
        File.SetUnixFileMode(folder.Root[name], All);
        File.Delete(folder.Root["log/sub/a.log"]);

        Assert.Contains("found a directory that every user can write to (0777)", Refusal(file));
    }

    [TestMethod]
    public void ALogFileThatIsOpenedToAllIsRefusedAtTheNextOpen()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1");
        File.Delete(folder.Root["log/a.log"]);
        File.SetUnixFileMode(folder.Root.Write("log/a.log", ""), All);

        Assert.Contains("found a log file that every user can write to (0777)", Refusal(file));
    }

    [TestMethod]
    [Fault(30)]
    [DataRow("log", "log")]
    [DataRow("deep/log", "deep")]
    public void ADirectoryThatAStrangerPutInPlaceOfOursIsRefused(string path, string replaced)
    {
        Needs.Root("chown");
        using var folder = new LogFolder();
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(folder.Root[path], new AccessRule(LogFolder.OwnerOnly, LogFolder.OwnerDirectory));
        LogFile file = folder.Open("a.log", directory: directory);
        LogFolder.Append(file, "1");
        Directory.Move(folder.Root[replaced], folder.Root["taken"]);
        Give(Stranger, Directory.CreateDirectory(folder.Root[replaced]).FullName);

        Assert.AreEqual($"{folder.Root[replaced]}: found a directory of user {Stranger}, expected one of user 0, like the log directory before.", Refusal(file));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Root[replaced]));
    }

    [TestMethod]
    [DataRow(0b110_100_100, 0b110_000_000)]
    [DataRow(0b110_110_100, 0b110_110_000)]
    [DataRow(0b110_000_000, 0b110_000_000)]
    public void LockFilesAreAccessibleToThoseWhoMayWrite(int log, int expected)
    {
        using var folder = new LogFolder();
        string old = folder.Root.Write("log/.ezaudit/a.log.lock", "");
        File.SetUnixFileMode(old, (UnixFileMode)log);

        LogFolder.Append(folder.Open("a.log", fileMode: (UnixFileMode)log), "1");

        foreach (string name in new[] { "a.log.lock", "a.log.next" })
            Assert.AreEqual((UnixFileMode)expected, File.GetUnixFileMode(folder.Root[$"log/.ezaudit/{name}"]), name);
        Assert.AreEqual((UnixFileMode)log, File.GetUnixFileMode(folder.Root["log/a.log"]));
    }

    [TestMethod]
    public void ALockFileThatIsNoFileIsRefused()
    {
        Needs.Programs("mkfifo");
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Root["log/.ezaudit"]);
        Command.Run("mkfifo", folder.Root["log/.ezaudit/a.log.lock"]);

        Assert.AreEqual($"{folder.Path}/.ezaudit/a.log.lock: found something other than a regular file, expected a lock file.", Refusal(folder.Open("a.log")));
    }

    [TestMethod]
    [Fault(31)]
    public void ASocketInPlaceOfALogFileIsNamed()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(folder.Root["log/a.log"]));

        Assert.AreEqual($"{folder.Path}/a.log: opening failed: a socket is in place of the file (ENXIO).", Refusal(folder.Open("a.log")));
    }

    private static string Refusal(LogFile file) => Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(file, "2")).Message;

    private static void Give(string user, string path) => Command.Run("chown", $"{user}:{user}", path);
}
