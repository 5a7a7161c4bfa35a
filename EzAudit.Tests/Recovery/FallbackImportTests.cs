using System.Text;
using EzAudit.Records;
using EzAudit.Recovery;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Tests.Recovery;

/// <summary>Records of a fallback file are imported into the log file exactly once, whatever happens meanwhile.</summary>
[TestClass]
public sealed class FallbackImportTests
{
    [TestMethod]
    public void RecordsAreAppendedByteForByteToExistingOnes()
    {
        using var site = new RecoverySite();
        site.WriteLog(Records(0, 3));
        site.WriteFallback("a.log", Records(3, 5));

        Assert.AreEqual(5, site.Recover());

        Assert.AreEqual(Records(0, 8), site.All());
        Assert.IsEmpty(site.Fallback.Names());
    }

    [TestMethod]
    public void RotatedFallbackFilesComeFirst()
    {
        using var site = new RecoverySite();
        site.WriteFallback("a.log.2026-11-21.1", Records(0, 2));
        site.WriteFallback("a.log.2026-11-22.1", Records(2, 2));
        site.WriteFallback("a.log", Records(4, 2));

        Assert.AreEqual(6, site.Recover());

        Assert.AreEqual(Records(0, 6), site.All());
    }

    [TestMethod]
    public void ItReportsItsProgress()
    {
        using var site = new RecoverySite();
        site.WriteFallback("a.log.2026-11-22.1", Records(0, 2));
        site.WriteFallback("a.log", Records(2, 1));

        Assert.AreEqual(3, site.Recover());

        Assert.AreEqual(Records(0, 3).Length, site.Progress.Value.BytesRead);
    }

    [TestMethod]
    public void EqualRecordsAreSeveralRecords()
    {
        using var site = new RecoverySite();
        string record = RecoverySite.Record(1);
        site.WriteLog(record);
        site.WriteFallback("a.log", record + record);

        site.Recover();

        Assert.AreEqual(record + record + record, site.All());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AStopAtAnyStepLosesAndDuplicatesNothing(bool stopsLog)
    {
        int stops = 0;
        for (int stopAt = 1; ; stopAt++)
        {
            using var site = new RecoverySite();
            site.WriteLog(Records(0, 2));
            site.WriteFallback("a.log.2026-11-21.1", Records(2, 3));
            site.WriteFallback("a.log", Records(5, 3));

            bool isStopped = site.Recover(stopAt, stopsLog) < 0;
            site.Recover();

            Assert.AreEqual(Records(0, 8), site.All(), $"stopped at {stopAt}");
            Assert.IsEmpty(site.Fallback.Names(), $"stopped at {stopAt}");
            if (!isStopped) break;
            stops++;
        }
        Assert.IsGreaterThan(4, stops);
    }

    [TestMethod]
    public void RepeatedStopsLoseAndDuplicateNothing()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int run = 0; run < 30; run++)
        {
            using var site = new RecoverySite(new RotationSettings { MaxFileSize = 500, Naming = run % 2 == 0 ? RotationNaming.Dated : RotationNaming.Numbered });
            site.WriteLog(Records(0, 2));
            site.WriteFallback("a.log", Records(2, 12));

            for (int i = 0; i < 6; i++) site.Recover(random.Next(1, 12), random.Next(2) == 0);
            site.Recover();

            Assert.AreEqual(Records(0, 14), site.All(), $"seed {seed}, run {run}");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(5)]
    public void ATornBatchContinuesAfterItsLastWholeRecord(int whole)
    {
        using var site = new RecoverySite();
        site.WriteLog(Records(0, 2));
        site.WriteFallback("a.log", Records(2, 5));
        // The batch is noted and the machine loses power while it is written: a part of it is on disk, and another writer continues.
        Assert.AreEqual(-1, StopBeforeTheAppend(site));
        string other = RecoverySite.Record(99);
        File.AppendAllText(Path.Combine(site.Log.Path, "a.log"), Records(2, whole) + (whole < 5 ? RecoverySite.Record(2 + whole)[..50] + "\n\n" : "") + other);

        Assert.AreEqual(5 - whole, site.Recover());

        string all = site.All();
        for (int number = 0; number < 7; number++)
            Assert.HasCount(1, all.Split("\n\n").Where(record => record + "\n\n" == RecoverySite.Record(number)), $"record {number} in {all}");
    }

    [TestMethod]
    public void ABatchThatWasRotatedAwayMeanwhileIsFound()
    {
        using var site = new RecoverySite();
        site.WriteLog(Records(0, 2));
        site.WriteFallback("a.log", Records(2, 5));
        Assert.AreEqual(-1, StopBeforeTheAppend(site));
        string path = Path.Combine(site.Log.Path, "a.log");
        File.AppendAllText(path, Records(2, 5));
        File.Move(path, path + ".2026-11-22.1");
        File.WriteAllText(path, RecoverySite.Record(99));

        Assert.AreEqual(0, site.Recover());

        Assert.AreEqual(Records(0, 7) + RecoverySite.Record(99), site.All());
    }

    [TestMethod]
    public void WhatIsNoRecordIsKeptAndTheRestRecoveredOnce()
    {
        using var site = new RecoverySite();
        site.WriteFallback("a.log", Records(0, 2) + "\0\0\0\n" + Records(2, 2));

        Assert.AreEqual(4, site.Recover());
        Assert.AreEqual(0, site.Recover());

        Assert.AreEqual(Records(0, 4), site.All());
        CollectionAssert.AreEqual(new[] { "a.log.unreadable.1" }, site.Fallback.Names());
    }

    [TestMethod]
    public void ACursorThatAStopLeftBehindIsNotThatOfTheNextFile()
    {
        using var site = new RecoverySite();
        site.WriteFallback("a.log.recovering.cursor", "\n100 200 1 1 0\n");
        site.WriteFallback("a.log", Records(0, 5));

        Assert.AreEqual(5, site.Recover());

        Assert.AreEqual(Records(0, 5), site.All());
        Assert.IsEmpty(site.Fallback.Names());
    }

    [TestMethod]
    public void TwoAtATimeAreRefused()
    {
        using var site = new RecoverySite();
        site.WriteFallback("a.log", Records(0, 1));
        using ILogDirectory directory = site.Fallback.NewDirectory();
        using var other = new FallbackFiles(directory, RecoverySite.Name);

        var failure = Assert.ThrowsExactly<StorageException>(() => site.Recover());

        Assert.AreEqual(
            $"{Path.Combine(site.Fallback.Path, "a.log")}: another process is recovering or compressing its files. Try again when it has finished.", failure.Message);
    }

    [TestMethod]
    public void AWriterOfTheFallbackFileContinuesInANewOne()
    {
        using var site = new RecoverySite();
        LogFile writer = site.Fallback.Open("a.log");
        Write(writer, 0);

        site.Recover();
        Write(writer, 1);

        Assert.AreEqual(Records(0, 1), site.All());
        Assert.AreEqual(Records(1, 1), site.Fallback.Read("a.log"));
    }

    private static void Write(LogFile file, int number) =>
        file.Append(Encoding.UTF8.GetBytes(RecoverySite.Record(number)), AuditDurability.Disk, TimeSpan.FromSeconds(10));

    // The first change of the log directory after the file is opened is the append.
    private static long StopBeforeTheAppend(RecoverySite site)
    {
        string before = site.All();
        for (int stopAt = 1; ; stopAt++)
        {
            if (site.Recover(stopAt, stopsLog: true) >= 0) Assert.Fail("never stopped with the batch noted");
            Assert.AreEqual(before, site.All());
            string[] cursors = [.. Directory.GetFiles(site.Fallback.Path, "*.cursor")];
            if (cursors.Length > 0 && new FileInfo(cursors[0]).Length > 0) return -1;
        }
    }

    private static string Records(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(RecoverySite.Record));

    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    [DataRow(30)]
    public void ACompressedFileThatIsCutOffIsKept(int missing)
    {
        using var site = new RecoverySite();
        site.WriteLog("");
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(RecoverySite.Record))));
        site.WriteFallback("a.log.2026-11-22.1.gz", "");
        File.WriteAllBytes(Path.Combine(site.Fallback.Path, "a.log.2026-11-22.1.gz"), compressed.ToArray()[..^missing]);

        site.Recover();

        Assert.IsTrue(File.Exists(Path.Combine(site.Fallback.Path, "a.log.2026-11-22.1.gz.unreadable.1")));
    }
}
