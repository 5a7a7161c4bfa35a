using System.Text;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;
using NodaTime;
using NodaTime.Testing;

namespace EzAudit.Tests.Storage.Rotating;

/// <summary>Rotation by time; the clock starts at 2007-05-23 14:47:58 UTC, a Wednesday.</summary>
[TestClass]
public sealed class RotationByTimeTests
{
    private static readonly DateTimeZone Vienna = DateTimeZoneProviders.Tzdb["Europe/Vienna"];

    private static RotationSettings Every(RotationInterval interval) => new() { Interval = interval };

    [TestMethod]
    [DataRow("Hourly", "2007-05-23T15:00:00Z", "2007-05-23-14")]
    [DataRow("Daily", "2007-05-24T00:00:00Z", "2007-05-23")]
    [DataRow("Weekly", "2007-05-28T00:00:00Z", "2007-05-21")]
    [DataRow("Monthly", "2007-06-01T00:00:00Z", "2007-05-01")]
    public void AFileGoesWithTheFirstRecordAfterItsPeriod(string interval, string end, string date)
    {
        using var folder = new LogFolder();
        using var log = new RotatingLog(folder, Every(Enum.Parse<RotationInterval>(interval)));
        Instant over = NodaTime.Text.InstantPattern.General.Parse(end).Value;
        log.Write("1");
        folder.Clock.Advance(over - folder.Clock.GetCurrentInstant() - Duration.FromTicks(1));
        log.Write("2");
        folder.Clock.Advance(Duration.FromTicks(1));
        log.Write("3");
        Assert.AreEqual("[ 3\n\n", folder.Read("a.log"));
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read($"a.log.{date}.1"));
    }

    [TestMethod]
    [DataRow("2026-11-15T23:59:59Z", "2026-11-09")]
    [DataRow("2026-11-16T00:00:00Z", "2026-11-16")]
    [DataRow("2026-11-22T23:59:59Z", "2026-11-16")]
    public void AWeekBeginsOnMonday(string instant, string date) =>
        Assert.AreEqual(date, RotationPeriod.Of(NodaTime.Text.InstantPattern.General.Parse(instant).Value, RotationInterval.Weekly, DateTimeZone.Utc).Date);

    [TestMethod]
    [Fault(55)]
    [DataRow("Daily", "2026-03-28T23:00:00Z", "2026-03-29", 23)]
    [DataRow("Daily", "2026-10-24T22:00:00Z", "2026-10-25", 25)]
    [DataRow("Hourly", "2026-03-29T00:00:00Z", "2026-03-29-01", 1)]
    [DataRow("Hourly", "2026-03-29T01:00:00Z", "2026-03-29-03", 1)]
    [DataRow("Hourly", "2026-10-25T00:00:00Z", "2026-10-25-02", 2)]
    [DataRow("Hourly", "2026-10-25T01:00:00Z", "2026-10-25-02", 1)]
    public void PeriodsFollowTheClocksOfTheZone(string interval, string start, string date, int hours)
    {
        Instant instant = NodaTime.Text.InstantPattern.General.Parse(start).Value;
        RotationPeriod expected = new(instant + Duration.FromHours(hours), date);
        Assert.AreEqual(expected, RotationPeriod.Of(instant, Enum.Parse<RotationInterval>(interval), Vienna));
    }

    [TestMethod]
    public void ADayThatAZoneLeavesOutIsNoPeriod()
    {
        DateTimeZone samoa = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        RotationPeriod period = RotationPeriod.Of(Instant.FromUtc(2011, 12, 30, 9, 0), RotationInterval.Daily, samoa);
        Assert.AreEqual(new RotationPeriod(Instant.FromUtc(2011, 12, 30, 10, 0), "2011-12-29"), period);
    }

    [TestMethod]
    public void EveryPeriodOfAYearEndsAfterItsInstant()
    {
        foreach (string zone in new[] { "Europe/Vienna", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu" })
        {
            for (Instant at = Instant.FromUtc(2026, 1, 1, 0, 7); at < Instant.FromUtc(2027, 1, 1, 0, 0); at += Duration.FromMinutes(29))
            {
                RotationPeriod period = RotationPeriod.Of(at, RotationInterval.Hourly, DateTimeZoneProviders.Tzdb[zone]);
                Assert.IsTrue(period.End > at && period.End - at <= Duration.FromHours(2), $"{zone} {at}");
            }
        }
    }

    [TestMethod]
    public void AClockThatIsWrongByMillenniaFailsNothing()
    {
        foreach (RotationInterval interval in Enum.GetValues<RotationInterval>())
        {
            _ = RotationPeriod.Of(Instant.MinValue, interval, Vienna);
            _ = RotationPeriod.Of(Instant.MaxValue, interval, Vienna);
        }
    }

    [TestMethod]
    public void WhatAFileHoldsAtTheStartBelongsToWhenItWasLastWrittenTo()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", 3, "[ 1\n\n");
        using var log = new RotatingLog(folder, Every(RotationInterval.Daily));
        log.Write("2");
        Assert.AreEqual("[ 1\n\n", folder.Read("a.log.2007-05-20.1"));
        Assert.AreEqual("[ 2\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void AFileFromTheFutureBelongsToToday()
    {
        using var folder = new LogFolder();
        folder.WriteAged("a.log", -3000, "[ 1\n\n");
        using var log = new RotatingLog(folder, Every(RotationInterval.Daily));
        log.Write("2");
        folder.Clock.Advance(Duration.FromDays(1));
        log.Write("3");
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read("a.log.2007-05-23.1"));
    }

    [TestMethod]
    [Fault(54)]
    [DataRow("Hourly", 3)]
    [DataRow("Daily", 49)]
    [DataRow("Monthly", 1600)]
    public void AClockThatWasFarAheadDoesNotStopRotationOnceItIsRight(string interval, int hours)
    {
        using var folder = new LogFolder();
        folder.Clock.Advance(Duration.FromDays(30000));
        using var log = new RotatingLog(folder, Every(Enum.Parse<RotationInterval>(interval)));
        log.Write("1");
        folder.Clock.Advance(-Duration.FromDays(30000));
        log.Write("2");
        folder.Clock.Advance(Duration.FromHours(hours));
        log.Write("3");
        Assert.AreEqual("[ 3\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void ASmallStepBackAcrossAPeriodBoundaryCreatesNoFile()
    {
        using var folder = new LogFolder();
        folder.Clock.Advance(Duration.FromMinutes(13));
        using var log = new RotatingLog(folder, Every(RotationInterval.Hourly));
        log.Write("1");
        folder.Clock.Advance(-Duration.FromMinutes(2));
        log.Write("2");
        folder.Clock.Advance(Duration.FromMinutes(2));
        log.Write("3");
        CollectionAssert.AreEqual(new[] { "a.log" }, folder.Names());
    }

    [TestMethod]
    public void AnEmptyFileIsNotRotatedAndBelongsToItsFirstRecord()
    {
        using var folder = new LogFolder();
        using var log = new RotatingLog(folder, Every(RotationInterval.Daily));
        folder.Clock.Advance(Duration.FromDays(2));
        log.Write("1");
        log.Write("2");
        CollectionAssert.AreEqual(new[] { "a.log" }, folder.Names());
        folder.Clock.Advance(Duration.FromDays(1));
        log.Write("3");
        Assert.AreEqual("[ 1\n\n[ 2\n\n", folder.Read("a.log.2007-05-25.1"));
    }

    [TestMethod]
    public void SizeAndIntervalWorkTogetherAndCountWithinThePeriod()
    {
        using var folder = new LogFolder();
        using var log = new RotatingLog(folder, new RotationSettings { Interval = RotationInterval.Weekly, MaxFileSize = 5 });
        foreach (string text in new[] { "1", "2", "3", "4" }) log.Write(text);
        folder.Clock.Advance(Duration.FromDays(7));
        log.Write("5");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2007-05-21.1", "a.log.2007-05-21.2" }, folder.Names());
        Assert.AreEqual("[ 5\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void NumberedFilesAreRotatedByTimeToo()
    {
        using var folder = new LogFolder();
        using var log = new RotatingLog(folder, new RotationSettings { Interval = RotationInterval.Hourly, Naming = RotationNaming.Numbered });
        foreach (string text in new[] { "1", "2", "3" })
        {
            log.Write(text);
            folder.Clock.Advance(Duration.FromHours(1));
        }
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.1", "a.log.2" }, folder.Names());
        Assert.AreEqual("[ 1\n\n", folder.Read("a.log.2"));
    }

    [TestMethod]
    public void TheNamesAreThoseOfTheZone()
    {
        using var folder = new LogFolder();
        var clock = new FakeClock(Instant.FromUtc(2026, 6, 30, 23, 30));
        using var log = new RotatingLog(folder, new RotationSettings { MaxFileSize = 1 }, Vienna, clock: clock);
        log.Write("1");
        log.Write("2");
        CollectionAssert.AreEqual(new[] { "a.log", "a.log.2026-07-01.1" }, folder.Names());
    }

    [TestMethod]
    public void ARotationIsReported()
    {
        using var folder = new LogFolder();
        using var log = new RotatingLog(folder, Every(RotationInterval.Daily));
        log.Write("1");
        folder.Clock.Advance(Duration.FromDays(1));
        log.Write("2");
        CollectionAssert.AreEqual(new[] { new LogFileChange(LogFileChangeKind.Rotated, "a.log", "a.log.2007-05-23.1") }, folder.Changes);
    }

    [TestMethod]
    [DataRow("Dated", null, 3)]
    [DataRow("Numbered", null, 7)]
    [DataRow("Numbered", 2, 8)]
    [DataRow("Dated", 2, 4)]
    public void StoppedBeforeAnyStepItLosesNothingWhenRunAgain(string naming, int? keep, int steps)
    {
        bool finished = false;
        int step = 1;
        for (; !finished; step++)
        {
            using var folder = new LogFolder();
            var settings = new RotationSettings { MaxFileSize = 1, Naming = Enum.Parse<RotationNaming>(naming), KeepFiles = keep };
            string[] before = ["a.log", .. naming == "Dated" ? new[] { "a.log.2007-05-23.1.gz", "a.log.2007-05-22.1" } : ["a.log.1", "a.log.2.gz", "a.log.3", "a.log.3.gz"]];
            for (int i = 0; i < before.Length; i++) folder.WriteAged(before[i], i, "content " + Path.GetFileNameWithoutExtension(before[i] + (before[i].EndsWith(".gz", StringComparison.Ordinal) ? "" : ".gz")));
            string[] contents = Contents(folder);
            var stopping = new StoppingDirectory(folder.NewDirectory(), step);
            try
            {
                Rotate(folder, settings, stopping);
                finished = true;
            }
            catch (OperationCanceledException)
            {
                if (folder.Names().Contains("a.log")) Rotate(folder, settings, folder.NewDirectory());
            }
            string[] after = Contents(folder);
            int expected = keep is int most ? Math.Min(most, contents.Length) : contents.Length;
            Assert.IsGreaterThanOrEqualTo(expected, after.Length, $"step {step}: {string.Join(", ", folder.Names())}");
            CollectionAssert.IsSubsetOf(contents.Take(expected).ToArray(), after, $"step {step}: {string.Join(", ", folder.Names())}");
        }
        Assert.IsGreaterThanOrEqualTo(steps, step - 1);
    }

    // In this test, names sort from newest to oldest, except for dated ones.
    private static string[] Contents(LogFolder folder) => [.. folder.Names()
        .OrderByDescending(name => File.GetLastWriteTimeUtc(Path.Combine(folder.Path, name)))
        .Select(name => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder.Path, name)))).Distinct()];

    private static void Rotate(LogFolder folder, RotationSettings settings, ILogDirectory directory)
    {
        using (directory) new Rotation(directory, settings, folder.Clock, DateTimeZone.Utc, folder.Changes.Enqueue).Rotate("a.log");
    }
}
