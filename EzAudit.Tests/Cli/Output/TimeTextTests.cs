using System.Globalization;
using EzAudit.Cli.Output;
using NodaTime;

namespace EzAudit.Tests.Cli.Output;

/// <summary>Times as people write them.</summary>
[TestClass]
public sealed class TimeTextTests
{
    // A Monday, 14:30 in Vienna.
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 13, 30, 15);
    private static readonly DateTimeZone Vienna = DateTimeZoneProviders.Tzdb["Europe/Vienna"];

    [TestMethod]
    [DataRow("now", "2026-11-23T13:30:15Z")]
    [DataRow(" NOW ", "2026-11-23T13:30:15Z")]
    [DataRow("today", "2026-11-22T23:00:00Z")]
    [DataRow("yesterday", "2026-11-21T23:00:00Z")]
    [DataRow("tomorrow", "2026-11-23T23:00:00Z")]
    [DataRow("yesterday 14:00", "2026-11-22T13:00:00Z")]
    [DataRow("today 9:05:30", "2026-11-23T08:05:30Z")]
    [DataRow("14:00", "2026-11-23T13:00:00Z")]
    [DataRow("2 hours ago", "2026-11-23T11:30:15Z")]
    [DataRow("2h ago", "2026-11-23T11:30:15Z")]
    [DataRow("90 seconds ago", "2026-11-23T13:28:45Z")]
    [DataRow("1 minute ago", "2026-11-23T13:29:15Z")]
    [DataRow("1 day ago", "2026-11-22T13:30:15Z")]
    [DataRow("30 days ago", "2026-10-24T12:30:15Z")]
    [DataRow("2 weeks ago", "2026-11-09T13:30:15Z")]
    [DataRow("1 month ago", "2026-10-23T12:30:15Z")]
    [DataRow("1 year ago", "2025-11-23T13:30:15Z")]
    [DataRow("2026-11-22", "2026-11-21T23:00:00Z")]
    [DataRow("2026-11-22 14:00", "2026-11-22T13:00:00Z")]
    [DataRow("2026-11-22 14:00:01", "2026-11-22T13:00:01Z")]
    [DataRow("2026-11-22T14:00", "2026-11-22T13:00:00Z")]
    [DataRow("2026-11-22T14:00:00Z", "2026-11-22T14:00:00Z")]
    [DataRow("2026-11-22T14:00:00-05:00", "2026-11-22T19:00:00Z")]
    [DataRow("2026-11-22T14:00:00.25+01:00", "2026-11-22T13:00:00.25Z")]
    [DataRow("2026-11-22 14:00+01:00", "2026-11-22T13:00:00Z")]
    [DataRow("Nov 22 2026 14:00:05", "2026-11-22T13:00:05Z")]
    // Clocks go back at three: the earlier of the two times. Clocks go forward at two: the time after the gap, shifted by its length.
    [DataRow("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    [DataRow("2026-03-29 02:30", "2026-03-29T01:30:00Z")]
    [DataRow("0001-01-02", "0001-01-01T22:54:39Z")]
    public void ATimeIsParsedInTheZoneOfTheLog(string text, string expected)
    {
        Assert.IsTrue(new TimeText(Vienna, Now).TryParse(text, out DateTimeOffset time));

        Assert.AreEqual(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("ago")]
    [DataRow("2 ago")]
    [DataRow("two hours ago")]
    [DataRow("-2 hours ago")]
    [DataRow("2 fortnights ago")]
    [DataRow("2026-13-01")]
    [DataRow("2026-02-30")]
    [DataRow("2026-11-22 25:00")]
    [DataRow("22.11.2026")]
    [DataRow("yesterday noon")]
    [DataRow("today 14:00 15:00")]
    [DataRow("2147483647 years ago")]
    [DataRow("2147483647 hours ago")]
    [DataRow("2147483647 minutes ago")]
    [DataRow("2 hours ago ago")]
    [DataRow("3000 years ago")]
    [DataRow("99999999999999999999 days ago")]
    public void AnInvalidTimeIsRefused(string text) => Assert.IsFalse(new TimeText(Vienna, Now).TryParse(text, out _));

    [TestMethod]
    public void NoTextBreaksIt()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        string[] pieces = ["now", "today", "ago", "2", "2147483647", "hours", "y", "-", ":", "T", "Z", "2026-11-22", "14:00", " ", "+01:00", "9999-12-31", "0001-01-01", "é", "\ud800"];
        DateTimeZone[] zones = [DateTimeZone.Utc, Vienna, DateTimeZoneProviders.Tzdb["Pacific/Apia"], DateTimeZoneProviders.Tzdb["Pacific/Kiritimati"]];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => pieces[random.Next(pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
            try
            {
                _ = new TimeText(zones[random.Next(zones.Length)], Now).TryParse(text, out _);
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}, \"{text}\": {failure}");
            }
        }
    }
}
