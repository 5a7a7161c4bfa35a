using System.Text;
using EzAudit.Formats.Classic;
using NodaTime;

namespace EzAudit.Tests.Formats.Classic;

[TestClass]
public sealed class ClassicTimeTests
{
    private static ClassicTime In(string zone) => new(DateTimeZoneProviders.Tzdb[zone]);

    [TestMethod]
    [DataRow("2008-01-02T01:01:01Z", "UTC", "Jan 02 2008 01:01:01")]
    [DataRow("2008-02-29T23:59:59Z", "UTC", "Feb 29 2008 23:59:59")]
    [DataRow("2040-06-15T12:00:00Z", "UTC", "Jun 15 2040 12:00:00")]
    [DataRow("2008-01-01T03:04:05Z", "America/New_York", "Dec 31 2007 22:04:05")]
    [DataRow("1969-12-31T23:59:59Z", "UTC", "Dec 31 1969 23:59:59")]
    [DataRow("0001-01-01T00:00:00Z", "America/New_York", "Jan 01 0001 00:00:00")]
    [DataRow("9999-12-31T23:59:59Z", "Pacific/Kiritimati", "Dec 31 9999 23:59:59")]
    public void AnInstantIsWrittenAsTheLocalTimeOfTheZone(string instant, string zone, string expected) =>
        Assert.AreEqual(expected, Encoding.ASCII.GetString(In(zone).Head(DateTimeOffset.Parse(instant, null))[2..^4]));

    [TestMethod]
    public void AllMonthsAreEnglish() =>
        Assert.AreEqual("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", string.Join(' ', Enumerable.Range(1, 12).Select(month =>
            Encoding.ASCII.GetString(In("UTC").Head(new DateTimeOffset(2000, month, 1, 0, 0, 0, TimeSpan.Zero))[2..5]))));

    [TestMethod]
    [Fault(55)]
    public void ALocalTimeThatWasTwiceIsTheEarlierInstant() => Assert.AreEqual(
        new DateTimeOffset(2007, 10, 28, 0, 30, 0, TimeSpan.Zero), In("Europe/Vienna").ToInstant(new DateTime(2007, 10, 28, 2, 30, 0)));

    [TestMethod]
    public void ALocalTimeThatWasSkippedIsShiftedByTheGap() => Assert.AreEqual(
        new DateTimeOffset(2007, 3, 25, 1, 30, 0, TimeSpan.Zero), In("Europe/Vienna").ToInstant(new DateTime(2007, 3, 25, 2, 30, 0)));

    [TestMethod]
    public void TheFirstAndTheLastLocalTimeHaveAnInstantInEveryZone()
    {
        foreach (string zone in new[] { "America/New_York", "Pacific/Kiritimati", "UTC" })
        {
            Assert.IsLessThan(3, In(zone).ToInstant(DateTime.MinValue).DayOfYear);
            Assert.IsGreaterThan(363, In(zone).ToInstant(new DateTime(9999, 12, 31, 23, 59, 59)).DayOfYear);
        }
    }

    [TestMethod]
    [DataRow("Feb 30 2007 14:47:58")]
    [DataRow("may 23 2007 14:47:58")]
    [DataRow("Mai 23 2007 14:47:58")]
    [DataRow("anF 23 2007 14:47:58")]
    [DataRow("May 00 2007 14:47:58")]
    [DataRow("May 23 0000 14:47:58")]
    [DataRow("May 23 2007 24:47:58")]
    [DataRow("May 23 2007 14:60:58")]
    [DataRow("May 23 2007 14:47:5x")]
    [DataRow("May  3 2007 14:47:58")]
    public void AnInvalidTimeIsRefused(string text) => Assert.IsFalse(ClassicTime.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
