using System.IO.Compression;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;
using NodaTime;

namespace EzAudit.Tests.Storage.Rotating;

[TestClass]
public sealed class RotatedFileCompressorTests
{
    private const string Text = "[ a record\n\n[ another\n\n";

    private static void Compress(LogFolder folder, ILogDirectory? directory = null)
    {
        using ILogDirectory own = directory ?? folder.NewDirectory();
        new RotatedFileCompressor(own, folder.Changes.Enqueue).CompressPending("a.log");
    }

    private static string Unzip(LogFolder folder, string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder.Path, name)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static void Zip(LogFolder folder, string name, string text)
    {
        folder.WriteAged(name, 1);
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder.Path, name)), CompressionLevel.Fastest));
        writer.Write(text);
    }

    private static bool HasCopy(LogFolder folder) => File.Exists(Path.Combine(folder.Path, ".ezaudit/a.log.gz.tmp"));

    [TestMethod]
    public void RotatedFilesAreReplacedByCompressedOnesAndTheLogFileIsNot()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 1);
        folder.WriteAged("a.log.1", 1, Text);
        folder.WriteAged("a.log.2007-05-22.1", 1, Text + Text);
        folder.WriteAged("a.log.txt", 1);
        Compress(folder);
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1.gz", "a.log.2007-05-22.1.gz", "a.log.txt" }, folder.Names());
        Assert.AreEqual((Text, Text + Text), (Unzip(folder, "a.log.1.gz"), Unzip(folder, "a.log.2007-05-22.1.gz")));
        Assert.Contains(new LogFileChange(LogFileChangeKind.Compressed, "a.log.1", "a.log.1.gz"), folder.Changes);
    }

    [TestMethod]
    public void ALargeAndAnEmptyFileAreRestoredUnchanged()
    {
        using var folder = new LogFolder();
        string large = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"[ {i}\n\n"));
        folder.WriteAged("a.log.1", 1, large);
        folder.WriteAged("a.log.2", 1, "");
        Compress(folder);
        Assert.AreEqual(large, Unzip(folder, "a.log.1.gz"));
        Assert.AreEqual("", Unzip(folder, "a.log.2.gz"));
    }

    [TestMethod]
    public void ACompressedFileIsAsOldAndAsPrivateAsItsOriginal()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 40, Text);
        DateTime age = File.GetLastWriteTimeUtc(Path.Combine(folder.Path, "a.log.1"));
        Compress(folder);
        Assert.AreEqual(age, File.GetLastWriteTimeUtc(Path.Combine(folder.Path, "a.log.1.gz")));
        Assert.AreEqual(LogFolder.OwnerOnly, File.GetUnixFileMode(Path.Combine(folder.Path, "a.log.1.gz")));
    }

    [TestMethod]
    public void StoppedBeforeAnyStepItIsFinishedByTheNextCall()
    {
        bool finished = false;
        int step = 1;
        for (; !finished; step++)
        {
            using var folder = new LogFolder();
            folder.WriteAged("a.log.1", 1, Text);
            try
            {
                Compress(folder, new StoppingDirectory(folder.NewDirectory(), step));
                finished = true;
            }
            catch (OperationCanceledException)
            {
                Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "a.log.1")), $"step {step}");
                Compress(folder);
            }
            CollectionAssert.AreEqual(new[] { "a.log.1.gz" }, folder.Names(), $"step {step}");
            Assert.AreEqual(Text, Unzip(folder, "a.log.1.gz"), $"step {step}");
            Assert.IsFalse(HasCopy(folder), $"step {step}");
        }
        Assert.IsGreaterThan(6, step, "create, write, sync, rename, sync, delete");
    }

    [TestMethod]
    public void HalfACopyIsRemovedEvenWhenItsOriginalIsGone()
    {
        using var folder = new LogFolder();
        folder.WriteAged(".ezaudit/a.log.gz.tmp", 1, "half");
        Compress(folder);
        Assert.IsFalse(HasCopy(folder));
    }

    [TestMethod]
    public void AnOriginalNextToItsEqualCopyIsDeleted()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 1, Text);
        Zip(folder, "a.log.1.gz", Text);
        Compress(folder);
        CollectionAssert.AreEqual(new[] { "a.log.1.gz" }, folder.Names());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AnOriginalNextToADifferentCopyIsKeptAndBlocksNothing(bool isGzip)
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 1, Text);
        folder.WriteAged("a.log.2", 1, Text);
        if (isGzip) Zip(folder, "a.log.1.gz", "another");
        else folder.WriteAged("a.log.1.gz", 1, "no gzip");
        StorageException failure = Assert.ThrowsExactly<StorageException>(() => Compress(folder));
        string path = Path.Combine(folder.Path, "a.log.1.gz");
        Assert.AreEqual($"{path}: its content differs from that of the file without .gz; both stay.", failure.Message);
        CollectionAssert.AreEqual(new[] { "a.log.1", "a.log.1.gz", "a.log.2.gz" }, folder.Names());
        Assert.AreEqual(Text, folder.Read("a.log.1"));
        Assert.IsFalse(HasCopy(folder));
    }

    [TestMethod]
    public void WhileAnotherProcessCompressesNothingIsDone()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 1, Text);
        using ILogDirectory other = folder.NewDirectory();
        using IFileLock taken = other.OpenLock(LockFiles.CompressionName("a.log"));
        Assert.IsTrue(taken.TryLock());
        Compress(folder);
        CollectionAssert.AreEqual(new[] { "a.log.1" }, folder.Names());
    }

    [TestMethod]
    public void AFileThatRotationMovesUpMeanwhileIsCompressedUnderItsNewName()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 1, "newer");
        folder.WriteAged("a.log.1", 1, Text);
        using ILogDirectory rotating = folder.NewDirectory();
        var rotation = new Rotation(rotating, new RotationSettings { Naming = RotationNaming.Numbered }, folder.Clock, DateTimeZone.Utc, folder.Changes.Enqueue);
        bool rotated = false;
        Compress(folder, new WatchedDirectory(folder.NewDirectory(), name =>
        {
            if (rotated || name != ".ezaudit/a.log.gz.tmp") return;
            rotated = true;
            rotation.Rotate("a.log");
        }));
        CollectionAssert.AreEqual(new[] { "a.log.1.gz", "a.log.2.gz" }, folder.Names());
        Assert.AreEqual(("newer", Text), (Unzip(folder, "a.log.1.gz"), Unzip(folder, "a.log.2.gz")));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AFileThatIsDeletedOrModifiedMeanwhileIsNotReplaced(bool isDeleted)
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 1, Text);
        string path = Path.Combine(folder.Path, "a.log.1");
        string[] left = isDeleted ? [] : ["a.log.1"];
        Compress(folder, new WatchedDirectory(folder.NewDirectory(), name =>
        {
            if (name != ".ezaudit/a.log.gz.tmp") return;
            if (isDeleted) File.Delete(path);
            else File.AppendAllText(path, "more");
        }, afterwards: true));
        CollectionAssert.AreEqual(left, folder.Names());
        Assert.IsFalse(HasCopy(folder));
    }

    [TestMethod]
    public void ShiftsMoveCompressedAndUncompressedFilesAlike()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 1, "0");
        folder.WriteAged("a.log.1", 1, "1");
        folder.WriteAged("a.log.2.gz", 1, "2");
        folder.WriteAged("a.log.3", 1, "3");
        using ILogDirectory directory = folder.NewDirectory();
        new Rotation(directory, new RotationSettings { Naming = RotationNaming.Numbered }, folder.Clock, DateTimeZone.Utc, folder.Changes.Enqueue).Rotate("a.log");
        CollectionAssert.AreEqual(new[] { "a.log.1", "a.log.2", "a.log.3.gz", "a.log.4" }, folder.Names());
    }
}
