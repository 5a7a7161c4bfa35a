using EzAudit.PostgreSql.Reading;
using EzAudit.PostgreSql.Text;

namespace EzAudit.Tests.PostgreSql.Reading;

/// <summary>Windows cover all times once, whatever partitions and indexes there are.</summary>
[TestClass]
public sealed class StoreWindowsTests
{
    private static readonly string[] Partitions = ["audit_record_2026_08", "audit_record_2026_10", "audit_record_2026_11"];

    [TestMethod]
    [DataRow("")]
    [DataRow("1-9")]
    [DataRow("1-9 10-10 12-30")]
    [DataRow("1-1 1-8 2-2 8-8 9-9")]
    public void TheyCoverAllTimesOnce(string days)
    {
        StoreWindow[] parts = [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('-')).Select(part => new StoreWindow(Day(part[0]), Day(part[1]) + Microseconds(1)))];

        IReadOnlyList<StoreWindow> windows = StoreWindows.Of(Partitions, parts, StoreTime.Past, StoreTime.Future);

        AssertCovered(windows, StoreTime.Past, StoreTime.Future);
        CollectionAssert.Contains(windows.ToArray(), new StoreWindow(StoreTime.Past, TimeOf(8, 1)));
        CollectionAssert.Contains(windows.ToArray(), new StoreWindow(TimeOf(9, 1), TimeOf(10, 1)));
    }

    [TestMethod]
    public void TheyEndWhereTheQueryEnds() => AssertCovered(StoreWindows.Of(Partitions, [], TimeOf(10, 3), TimeOf(11, 5)), TimeOf(10, 3), TimeOf(11, 5) + 1);

    [TestMethod]
    public void JoinedOnesBeginWithThePresentMonthAndCoverTheSame()
    {
        string[] partitions = [.. Enumerable.Range(1, 12).Select(month => $"audit_record_2026_{month:00}")];
        IReadOnlyList<StoreWindow> windows = StoreWindows.Of(partitions, [], StoreTime.Past, StoreTime.Future);

        StoreWindow[] joined = [.. StoreWindows.Joined(windows.Reverse(), TimeOf(11, 15))];

        Assert.HasCount(3, joined);
        Assert.AreEqual(new StoreWindow(TimeOf(11, 1), StoreTime.Future), joined[0]);
        Assert.AreEqual(new StoreWindow(TimeOf(7, 1), TimeOf(11, 1)), joined[1]);
        AssertCovered([.. joined.Reverse()], StoreTime.Past, StoreTime.Future);
        AssertCovered([.. StoreWindows.Joined(windows, TimeOf(11, 15))], StoreTime.Past, StoreTime.Future);
    }

    private static void AssertCovered(IReadOnlyList<StoreWindow> windows, long start, long end)
    {
        Assert.AreEqual(start, windows[0].Start);
        Assert.AreEqual(end, windows[^1].End);
        foreach ((StoreWindow window, StoreWindow next) in windows.Zip(windows.Skip(1))) Assert.AreEqual(window.End, next.Start);
        Assert.IsTrue(windows.All(window => window.Start < window.End));
    }

    private static long Day(string day) => TimeOf(11, int.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    private static long TimeOf(int month, int day) => StoreTime.MicrosecondsOf(new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.Zero));

    private static long Microseconds(int days) => days * TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond;
}
