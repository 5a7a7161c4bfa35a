using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;
using NodaTime;

namespace EzAudit.Tests.Storage.Rotating;

[TestClass]
public sealed class RetentionTests
{
    private static RotationSettings Settings(RotationNaming naming, int? files = null, int? days = null, int least = 0) =>
        new() { Naming = naming, KeepFiles = files, KeepDays = days, MinKeepDays = least };

    private static string[] Left(LogFolder folder, RotationSettings settings, string name = "a.log", Func<RotatedName, bool>? isHeld = null)
    {
        using ILogDirectory directory = folder.NewDirectory();
        new Rotation(directory, settings, folder.Clock, DateTimeZone.Utc, folder.Changes.Enqueue) { IsHeld = isHeld ?? (_ => false) }.ApplyRetention(name);
        return folder.Names();
    }

    [TestMethod]
    [Fault(40)]
    [DataRow(null, null, 0, "1 2 3 4")]
    [DataRow(2, null, 0, "1 2")]
    [DataRow(9, null, 0, "1 2 3 4")]
    [DataRow(null, 15, 0, "1")]
    [DataRow(null, 30, 0, "1 2")]
    [DataRow(null, 31, 0, "1 2 3")]
    [DataRow(3, 15, 0, "1")]
    [DataRow(1, 35, 0, "1")]
    [DataRow(1, null, 25, "1 2")]
    [DataRow(1, null, 21, "1 2")]
    [DataRow(1, null, 20, "1")]
    [DataRow(null, 5, 35, "1 2 3")]
    public void FilesThatAreTooManyOrTooOldGoButNoneThatIsTooYoung(int? files, int? days, int least, string left)
    {
        foreach (RotationNaming naming in Enum.GetValues<RotationNaming>())
        {
            // Nothing outside the numbers of a set is deleted; see below.
            if (naming == RotationNaming.Numbered && files is not null && least == 0) continue;
            using var folder = new LogFolder();
            folder.WriteAged("a.log", 0);
            string Name(string number) => naming == RotationNaming.Numbered ? $"a.log.{number}" : $"a.log.2007-05-{30 - int.Parse(number, null)}.1";
            for (int i = 1; i <= 4; i++) folder.WriteAged(Name($"{i}") + (i % 2 == 0 ? ".gz" : ""), i * 10);

            string[] found = Left(folder, Settings(naming, files, days, least));

            string[] expected = ["a.log", .. left.Split(' ').Select(number => Name(number) + (number is "2" or "4" ? ".gz" : ""))];
            CollectionAssert.AreEquivalent(expected, found, $"{naming}: {string.Join(", ", found)}");
        }
    }

    [TestMethod]
    [DataRow("a.log.1.bak")]
    [DataRow("a.log.01")]
    [DataRow("a.log.0")]
    [DataRow("a.log.-1")]
    [DataRow("a.log.+1")]
    [DataRow("a.log.1 ")]
    [DataRow("a.log.1.gz.gz")]
    [DataRow("a.log.1.GZ")]
    [DataRow("a.log.gz")]
    [DataRow("a.log..gz")]
    [DataRow("a.log.1234567890")]
    [DataRow("a.log.2007-05-23")]
    [DataRow("a.log.2007-05-23.")]
    [DataRow("a.log.2007-02-30.1")]
    [DataRow("a.log.2007-5-23.1")]
    [DataRow("a.log.2007-05-23-24.1")]
    [DataRow("a.log.2007-05-23T14.1")]
    [DataRow("a.log.2007-05-23.1.1")]
    [DataRow("A.log.1")]
    [DataRow("a.logs.1")]
    [DataRow("b.log.1")]
    [DataRow("xa.log.1")]
    public void AFileWhoseNameIsNotOursIsNeverDeleted(string name)
    {
        using var folder = new LogFolder();
        folder.WriteAged(name, 1000);
        CollectionAssert.AreEqual(new[] { name }, Left(folder, Settings(RotationNaming.Dated, files: 1, days: 1)));
    }

    [TestMethod]
    [DataRow("a.log.1")]
    [DataRow("a.log.12.gz")]
    [DataRow("a.log.2007-05-23.1")]
    [DataRow("a.log.2007-05-23.1.gz")]
    [DataRow("a.log.2007-05-23-00.12")]
    [DataRow("a.log.2007-05-23-23.1.gz")]
    public void ANameOfOursIsParsedAndPrintedAlike(string name)
    {
        Assert.IsTrue(RotatedName.TryParse("sub/a.log", name, out RotatedName? rotated));
        Assert.AreEqual("sub/" + name, rotated.ToString());
    }

    [TestMethod]
    public void FilesInADirectoryAreFoundThere()
    {
        using var folder = new LogFolder();
        folder.WriteAged("sub/a.log", 0);
        foreach (string name in new[] { "sub/a.log.1", "sub/a.log.2", "a.log.1", "a.log.2" }) folder.WriteAged(name, 1000);
        Left(folder, Settings(RotationNaming.Numbered, days: 1), "sub/a.log");
        Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "sub/a.log.2")));
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "a.log.2")));
    }

    [TestMethod]
    public void ALinkIsNeverDeleted()
    {
        using var folder = new LogFolder();
        folder.WriteAged("other", 1000);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a.log.1"), Path.Combine(folder.Path, "other"));
        CollectionAssert.AreEqual(new[] { "a.log.1", "other" }, Left(folder, Settings(RotationNaming.Numbered, files: 1, days: 1)));
    }

    [TestMethod]
    public void AfterTheNamingWasChangedTheOtherNamesAreTheOlderOnes()
    {
        using var folder = new LogFolder();
        foreach (string name in new[] { "a.log.1", "a.log.2", "a.log.2007-05-22.1", "a.log.2007-05-22-10.1" }) folder.WriteAged(name, 3);
        CollectionAssert.AreEqual(
            new[] { "a.log.1", "a.log.2007-05-22-10.1", "a.log.2007-05-22.1" }, Left(folder, Settings(RotationNaming.Dated, files: 3)));
    }

    [TestMethod]
    public void TheFileJustRotatedIsTheNewestWhateverTheOthersAreCalled()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.2099-01-01.1", 1);
        using var log = new RotatingLog(folder, Settings(RotationNaming.Dated, files: 1) with { MaxFileSize = 1 });
        log.Write("1");
        log.Write("2");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-23.1" }, folder.Names());
    }

    [TestMethod]
    public void AProtectedNumberedFileIsMovedUpAndKept()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 2, "one");
        folder.WriteAged("a.log.2.gz", 3, "two");
        folder.WriteAged("a.log", 0, "newest");
        using var log = new RotatingLog(folder, Settings(RotationNaming.Numbered, files: 1, least: 3) with { MaxFileSize = 1 });
        log.Write("1");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2" }, folder.Names());
        Assert.AreEqual(("newest", "one"), (folder.Read("a.log.1"), folder.Read("a.log.2")));
    }

    [TestMethod]
    [DataRow(1, null)]
    [DataRow(null, 5)]
    [DataRow(1, 5)]
    public void AHeldFileStaysHoweverOldItIs(int? files, int? days)
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 0);
        for (int i = 1; i <= 3; i++) folder.WriteAged($"a.log.2007-05-{20 - i}.1", i * 10);
        var asked = new List<string>();

        string[] left = Left(folder, Settings(RotationNaming.Dated, files, days), isHeld: rotated =>
        {
            asked.Add(rotated.ToString());
            return rotated.Date == "2007-05-18";
        });

        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-18.1", "a.log.2007-05-19.1" }, left);
        CollectionAssert.AreEqual(new[] { "a.log.2007-05-18.1", "a.log.2007-05-17.1" }, asked, "Only files that are due to be deleted are asked for.");
    }

    [TestMethod]
    public void HeldNumberedFilesMoveUpBeyondTheSet()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log.1", 2, "one");
        folder.WriteAged("a.log.2.gz", 3, "two");
        folder.WriteAged("a.log", 0, "newest");
        using var log = new RotatingLog(folder, Settings(RotationNaming.Numbered, files: 2) with { MaxFileSize = 1 }, isHeld: _ => true);
        log.Write("1");
        log.Write("2");

        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2", "a.log.3", "a.log.4.gz" }, folder.Names());
        Assert.AreEqual(("newest", "one", "two"), (folder.Read("a.log.2"), folder.Read("a.log.3"), folder.Read("a.log.4.gz")));
    }

    [TestMethod]
    public void ADeletionIsReported()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 0);
        folder.WriteAged("a.log.1.gz", 2);
        folder.WriteAged("a.log.2.gz", 3);
        Left(folder, Settings(RotationNaming.Dated, days: 1));
        CollectionAssert.AreEqual(new[] { new LogFileChange(LogFileChangeKind.Deleted, "a.log.2.gz", null) }, folder.Changes);
    }

    [TestMethod]
    [Fault(40)]
    [DataRow(null, 1)]
    [DataRow(1, 1)]
    public void TheNewestRotatedFileStaysHoweverOldItIs(int? files, int? days)
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 0);
        folder.WriteAged("a.log.2006-01-01.1", 100);
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2006-01-01.1" }, Left(folder, Settings(RotationNaming.Dated, files, days)));
    }

    [TestMethod]
    public void AMonthlyFileDatedToItsFirstDayIsNewerThanEarlierDailyFiles()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 0);
        folder.WriteAged("a.log.2007-05-01.1", 1);
        folder.WriteAged("a.log.2007-05-08.1", 15);
        folder.WriteAged("a.log.2007-05-07.1", 16);
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-01.1", "a.log.2007-05-08.1" }, Left(folder, Settings(RotationNaming.Dated, files: 2)));
    }

    [TestMethod]
    public void FilesDatedByAClockThatWasAheadDoNotDisplaceTheOthers()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 0);
        folder.WriteAged("a.log.2099-01-01.1", 5);
        folder.WriteAged("a.log.2099-01-01.2", -30000);
        folder.WriteAged("a.log.2007-05-22.1", 1);
        folder.WriteAged("a.log.2007-05-21.1", 2);
        CollectionAssert.AreEqual(
            new[] { "a.log", "a.log.2007-05-21.1", "a.log.2007-05-22.1", "a.log.2099-01-01.2" }, Left(folder, Settings(RotationNaming.Dated, files: 2)));
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(400)]
    [DataRow(30000)]
    public void AStartAtAWrongTimeAgesNoFile(int days)
    {
        using var folder = new LogFolder();
        for (int i = 0; i < 5; i++) folder.WriteAged($"a.log.2007-05-23.{i + 1}", 0);
        folder.WriteAged("a.log", 0);
        folder.Clock.Advance(Duration.FromDays(days));

        using var log = new RotatingLog(folder, Settings(RotationNaming.Dated, days: 2, least: 1) with { MaxFileSize = 1 });
        log.Rotation.ApplyRetention(RotatingLog.Name);
        for (int i = 0; i < 4; i++)
        {
            log.Write("1");
            File.SetLastWriteTimeUtc(folder.Root["log/a.log"], folder.Clock.GetCurrentInstant().ToDateTimeUtc());
        }

        Assert.HasCount(10, folder.Names());
        Assert.IsEmpty(folder.Changes.Where(change => change.Kind == LogFileChangeKind.Deleted));
    }

    [TestMethod]
    public void ALaterStartAtTheSameWrongTimeAgesNoFileEither()
    {
        using var folder = new LogFolder();
        for (int i = 1; i <= 3; i++) folder.WriteAged($"a.log.2007-05-23.{i}", 0);
        folder.Clock.Advance(Duration.FromDays(30000));
        folder.WriteAged("a.log.2089-07-10.1", 0.1);
        folder.WriteAged("a.log", 0);

        Assert.HasCount(5, Left(folder, Settings(RotationNaming.Dated, days: 2)));
    }

    [TestMethod]
    public void ANumberBeyondTheSetIsLeftAlone()
    {
        using var folder = new LogFolder();
        for (int i = 1; i <= 4; i++) folder.WriteAged($"a.log.{i}", i, $"{i}");
        folder.WriteAged("a.log", 0, "00");
        using var log = new RotatingLog(folder, Settings(RotationNaming.Numbered, files: 3) with { MaxFileSize = 1 });
        log.Rotation.ApplyRetention(RotatingLog.Name);

        log.Write("new");

        Assert.AreEqual("00 1 2 4", string.Join(' ', Enumerable.Range(1, 4).Select(i => folder.Read($"a.log.{i}"))));
        CollectionAssert.AreEqual(
            new[] { new LogFileChange(LogFileChangeKind.Deleted, "a.log.3", null), new LogFileChange(LogFileChangeKind.Rotated, "a.log", "a.log.1") }, folder.Changes);
    }
}
