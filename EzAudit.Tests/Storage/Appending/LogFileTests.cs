using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Appending;

[TestClass]
public sealed class LogFileTests
{
    [TestMethod]
    public void RecordsFollowEachOther()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: true);
        LogFolder.Append(file, "2", sync: false);
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void NothingIsCreatedBeforeTheFirstRecord()
    {
        using var folder = new LogFolder();
        folder.Open("a.log");
        Assert.IsFalse(Directory.Exists(folder.Path));
    }

    [TestMethod]
    public void DirectoriesInAFileNameAreCreated()
    {
        using var folder = new LogFolder();
        LogFolder.Append(folder.Open("x/y/a.log"), "1", sync: true);
        Assert.AreEqual("[ 1\n\n", folder.Read("x/y/a.log"));
    }

    [TestMethod]
    [Fault(35)]
    public void ModesAreTheSettingsWhateverTheUmask()
    {
        using var folder = new LogFolder();
        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        LogFolder.Append(folder.Open("x/a.log", fileMode: all, directoryMode: all | enter), "1", sync: true);
        Assert.AreEqual(all, File.GetUnixFileMode(Path.Combine(folder.Path, "x/a.log")));
        Assert.AreEqual(all | enter, File.GetUnixFileMode(folder.Path));
        Assert.AreEqual(all | enter, File.GetUnixFileMode(Path.Combine(folder.Path, "x")));
    }

    [TestMethod]
    public void AnExistingFileKeepsItsMode()
    {
        using var folder = new LogFolder();
        string path = folder.Root.Write("log/a.log", "");
        File.SetUnixFileMode(path, LogFolder.OwnerOnly | UnixFileMode.GroupRead);
        LogFolder.Append(folder.Open("a.log"), "1", sync: true);
        Assert.AreEqual(LogFolder.OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
    }

    [TestMethod]
    public void ATornRecordAtTheEndIsClosedBeforeTheNextOne()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log", "[ 1\n\n[ torn he");
        LogFolder.Append(folder.Open("a.log"), "2", sync: true);
        Assert.AreEqual("[ 1\n\n[ torn he<torn>\n\n[ 2\n\n", folder.Read("a.log"));
        Assert.HasCount(1, folder.Reports);
    }

    [TestMethod]
    [Fault(2)]
    [DataRow("[")]
    [DataRow("[ 1")]
    [DataRow("[ 1\n")]
    [DataRow("[ 1\n\n\0\0\0")]
    public void EveryKindOfTornEndIsClosed(string end)
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log", end);
        LogFolder.Append(folder.Open("a.log"), "2", sync: true);
        Assert.AreEqual(end + "<torn>\n\n[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void ALongTornRecordIsClosed()
    {
        using var folder = new LogFolder();
        string torn = "[ 1\n\n[ " + new string('x', 300_000);
        folder.Root.Write("log/a.log", torn);
        LogFolder.Append(folder.Open("a.log"), "2", sync: true);
        Assert.AreEqual(torn + "<torn>\n\n[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void TextThatNeverWasARecordIsNotChanged()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log", "an operator's note\n");
        LogFolder.Append(folder.Open("a.log"), "2", sync: true);
        Assert.AreEqual("an operator's note\n[ 2\n\n", folder.Read("a.log"));
        Assert.IsEmpty(folder.Reports);
    }

    [TestMethod]
    public void ATailTornByAnotherProcessIsClosedAsWell()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: true);
        EndTerm(file);
        File.WriteAllText(Path.Combine(folder.Path, "a.log"), "[ 1\n\n[ torn");
        LogFolder.Append(file, "2", sync: true);
        Assert.AreEqual("[ 1\n\n[ torn<torn>\n\n[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    [Fault(26)]
    public void ARenamedFileIsFollowedByANewOne()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: true);
        EndTerm(file);
        File.Move(Path.Combine(folder.Path, "a.log"), Path.Combine(folder.Path, "old.log"));
        LogFolder.Append(file, "2", sync: true);
        Assert.AreEqual("[ 1\n\n", folder.Read("old.log"));
        Assert.AreEqual("[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void ARemovedDirectoryIsCreatedAgain()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: true);
        EndTerm(file);
        Directory.Move(folder.Path, folder.Root["moved"]);
        LogFolder.Append(file, "2", sync: true);
        Assert.AreEqual("[ 1\n\n", folder.Root.Read("moved/a.log"));
        Assert.AreEqual("[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    [Fault(28)]
    public void AFileCutFromOutsideIsReported()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: true);
        EndTerm(file);
        File.WriteAllText(Path.Combine(folder.Path, "a.log"), "");
        LogFolder.Append(file, "2", sync: true);
        Assert.AreEqual("[ 2\n\n", folder.Read("a.log"));
        Assert.AreEqual($"{folder.Path}/a.log: found 0 bytes, expected 5: another program truncated it.", folder.Reports.Single());
    }

    [TestMethod]
    [Fault(29)]
    public void ASymbolicLinkIsRefused()
    {
        using var folder = new LogFolder();
        string victim = folder.Root.Write("victim", "");
        Directory.CreateDirectory(folder.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a.log"), victim);
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("a.log"), "1", sync: true));
        Assert.AreEqual("ELOOP", failure.ErrnoName);
        Assert.AreEqual(AuditWriteStage.Open, failure.Stage);
        Assert.AreEqual($"{folder.Path}/a.log: opening failed: the path contains a symbolic link (ELOOP).", failure.Message);
        Assert.AreEqual("", File.ReadAllText(victim));
    }

    [TestMethod]
    public void ASymbolicLinkInTheMiddleIsRefused()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        Directory.CreateDirectory(folder.Root["elsewhere"]);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "sub"), folder.Root["elsewhere"]);
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("sub/a.log"), "1", sync: true));
        Assert.AreEqual("ELOOP", failure.ErrnoName);
        Assert.IsEmpty(Directory.GetFiles(folder.Root["elsewhere"]));
    }

    [TestMethod]
    [Fault(29)]
    public void ASecondNameForAFileIsRefused()
    {
        using var folder = new LogFolder();
        string victim = folder.Root.Write("victim", "");
        Directory.CreateDirectory(folder.Path);
        ChildProcess.StartProgram("ln", victim, Path.Combine(folder.Path, "a.log")).Finish();
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("a.log"), "1", sync: true));
        Assert.AreEqual($"{folder.Path}/a.log: found a file with 2 names (hard links), expected one.", failure.Message);
    }

    [TestMethod]
    [Fault(31)]
    public void APipeIsRefused()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Path);
        ChildProcess.StartProgram("mkfifo", Path.Combine(folder.Path, "a.log")).Finish();
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("a.log"), "1", sync: true));
        Assert.AreEqual($"{folder.Path}/a.log: found something other than a regular file, expected a log file.", failure.Message);
    }

    [TestMethod]
    public void AFileWhereTheDirectoryShouldBeIsAnError()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log", "I am a file");
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("a.log"), "1", sync: true));
        Assert.AreEqual("ENOTDIR", failure.ErrnoName);
    }

    [TestMethod]
    public void ADirectoryWhereTheFileShouldBeIsAnError()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a.log"));
        var failure = Assert.ThrowsExactly<StorageException>(() => LogFolder.Append(folder.Open("a.log"), "1", sync: true));
        Assert.AreEqual("EISDIR", failure.ErrnoName);
    }

    [TestMethod]
    [Fault(74)]
    public void NobodyElsesReadersAreLockedOut()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        LogFolder.Append(file, "1", sync: false);
        using FileStream exclusive = File.Open(Path.Combine(folder.Path, "a.log"), FileMode.Open, FileAccess.Read, FileShare.None);
        LogFolder.Append(file, "2", sync: true);
        Assert.AreEqual(10, exclusive.Length);
    }

    [TestMethod]
    public void ThreadsAndFilesInOneProcessLoseNothing()
    {
        using var folder = new LogFolder();
        LogFile[] files = [folder.Open("a.log"), folder.Open("a.log")];
        Parallel.For(0, 2000, i => LogFolder.Append(files[i % 2], $"{i:d4}", sync: false));
        string[] records = folder.Read("a.log").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 2000).Select(i => $"[ {i:d4}").ToArray(), records);
    }

    [TestMethod]
    public void AClosedFileAcceptsNothing()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        file.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => LogFolder.Append(file, "1", sync: true));
    }

    // The housekeeper does it within milliseconds; a test does not wait for that.
    private static void EndTerm(LogFile file) => Assert.IsTrue(SpinWait.SpinUntil(() => file.Maintain() != MaintenanceDue.Soon, TimeSpan.FromSeconds(30)));
}
