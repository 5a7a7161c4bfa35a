using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using NodaTime;

namespace EzAudit.Tests.Storage.Rotating;

[TestClass]
public sealed class RotationTests
{
    private static RotationSettings Numbered(int? keep = null) => new() { MaxFileSize = 5, Naming = RotationNaming.Numbered, KeepFiles = keep };

    private static void Write(LogFile file, params string[] records)
    {
        foreach (string record in records) LogFolder.Append(file, record, sync: false);
    }

    [TestMethod]
    public void AFileIsRotatedWhenItExceedsItsMaximumSize()
    {
        using var folder = new LogFolder();
        Write(folder.Open("a.log", Numbered()), "1", "2", "3");
        Assert.AreEqual("[ 3\n\n", folder.Read("a.log"));
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read("a.log.1"));
    }

    [TestMethod]
    public void WithoutALimitNothingIsDeleted()
    {
        using var folder = new LogFolder();
        Write(folder.Open("a.log", Numbered()), "1", "2", "3", "4", "5", "6", "7");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2", "a.log.3" }, folder.Names());
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read("a.log.3"));
    }

    [TestMethod]
    public void OnlyTheOldestIsDeletedAndOnlyIfConfigured()
    {
        using var folder = new LogFolder();
        Write(folder.Open("a.log", Numbered(keep: 2)), "1", "2", "3", "4", "5", "6", "7");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2" }, folder.Names());
        Assert.AreEqual("[ 3\n\n[ 4\n\n", folder.Read("a.log.2"));
    }

    [TestMethod]
    [Fault(39)]
    public void AnInterruptedChainIsFinishedWithoutDeletingMore()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log", "[ 9\n\n[ 9\n\n");
        folder.Root.Write("log/a.log.2", "one, moved up when the process was killed");
        folder.Root.Write("log/.ezaudit/a.log.shift", "");
        Write(folder.Open("a.log", Numbered(keep: 2)), "1");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2" }, folder.Names());
        Assert.AreEqual("[ 9\n\n[ 9\n\n", folder.Read("a.log.1"));
    }

    [TestMethod]
    public void AChainInterruptedBeforeTheLastWasDeletedLeavesWhatIsBeyond()
    {
        using var folder = new LogFolder();
        foreach (string name in new[] { "a.log", "a.log.1", "a.log.2", "a.log.3" }) folder.Root.Write($"log/{name}", $"[ {name}\n\n");
        folder.Root.Write("log/.ezaudit/a.log.shift", "");
        Write(folder.Open("a.log", Numbered(keep: 2)), "1");
        Assert.AreEqual("[ a.log\n\n[ a.log.1\n\n[ a.log.3\n\n", folder.Read("a.log.1") + folder.Read("a.log.2") + folder.Read("a.log.3"));
    }

    [TestMethod]
    public void DatedNamesCountUpWithinTheDay()
    {
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log", new RotationSettings { MaxFileSize = 5 });
        Write(file, "1", "2", "3", "4", "5");
        folder.Clock.Advance(Duration.FromDays(1));
        Write(file, "6", "7");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-23.1", "a.log.2007-05-23.2", "a.log.2007-05-24.1" }, folder.Names());
    }

    [TestMethod]
    public void ADatedNameInUseIsNotReused()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log.2007-05-23.10.gz", "compressed");
        Write(folder.Open("a.log", new RotationSettings { MaxFileSize = 5 }), "1", "2", "3");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-23.10.gz", "a.log.2007-05-23.11" }, folder.Names());
    }

    [TestMethod]
    [Fault(38)]
    public void NoFileIsRenamedOverAnother()
    {
        using var folder = new LogFolder();
        folder.Root.Write("log/a.log", "new");
        folder.Root.Write("log/a.log.1", "old");
        using ILogDirectory directory = folder.NewDirectory();

        // As if it had been created between the search for a free name and the rename.
        Assert.AreEqual("EEXIST", Assert.ThrowsExactly<StorageException>(() => directory.Rename("a.log", "a.log.1")).ErrnoName);

        Assert.AreEqual("new old", $"{folder.Read("a.log")} {folder.Read("a.log.1")}");
    }

    [TestMethod]
    public void AFileThatCannotBeRotatedIsReportedAndStillWrittenTo()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a.log.1/x"));
        Write(folder.Open("a.log", Numbered(keep: 1)), "1", "2", "3");
        Assert.AreEqual("[ 1\n\n[ 2\n\n[ 3\n\n", folder.Read("a.log"));
        Assert.HasCount(1, folder.Reports);
    }

    [TestMethod]
    public void TwoWritersRotateTogetherWithoutLoss()
    {
        using var folder = new LogFolder();
        var rotation = new RotationSettings { MaxFileSize = 1000, Naming = RotationNaming.Numbered };
        LogFile[] files = [folder.Open("a.log", rotation), folder.Open("a.log", rotation)];
        Parallel.For(0, 4000, i => LogFolder.Append(files[i % 2], $"{i:d4}", sync: false));
        string[] records = [.. folder.Names().SelectMany(name => folder.Read(name).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))];
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 4000).Select(i => $"[ {i:d4}").ToArray(), records);
    }

    [TestMethod]
    public void EightWritersRotateDeleteNothingAndLoseNothing()
    {
        using var folder = new LogFolder();
        foreach (RotationNaming naming in Enum.GetValues<RotationNaming>())
        {
            string name = $"{naming}.log";
            var rotation = new RotationSettings { MaxFileSize = 500, Naming = naming };
            LogFile[] files = [.. Enumerable.Range(0, 8).Select(_ => folder.Open(name, rotation))];
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, writer =>
            {
                for (int i = 0; i < 250; i++) LogFolder.Append(files[writer], $"{writer} {i:d4}", sync: false);
            });
            string[] records = [.. folder.Names().Where(file => file.StartsWith(name, StringComparison.Ordinal))
                .SelectMany(file => folder.Read(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))];
            string[] sent = [.. Enumerable.Range(0, 2000).Select(i => $"[ {i / 250} {i % 250:d4}")];
            CollectionAssert.AreEquivalent(sent, records);
        }
    }
}
