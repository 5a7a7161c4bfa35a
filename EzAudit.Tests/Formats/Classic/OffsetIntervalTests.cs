using EzAudit.Formats.Classic;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EzAudit.Tests.Formats.Classic;

[TestClass]
public sealed class OffsetIntervalTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Monrovia"];

    [TestMethod]
    public void LocalTimesBecomeTheInstantsThatNodaTimeGivesThem()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(2000);
        var times =
            from zone in Gen.Elements(Zones)
            from year in Gen.Choose(1880, 2100)
            from minutes in Gen.Choose(0, 60 * 24 * 366).ListOf()
            from isNearMidnight in Gen.Elements(true, false)
            select (zone, times: minutes.Select(minute => new DateTime(year, 1, 1).AddMinutes(isNearMidnight ? minute / 1440 * 1440 + minute % 240 : minute)).ToList());
        Check.One(config, Prop.ForAll(times.ToArbitrary(), sample =>
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[sample.zone];
            var time = new ClassicTime(zone);
            return sample.times.TrueForAll(local =>
                time.ToInstant(local) == zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToInstant().ToDateTimeOffset());
        }));
    }

    [TestMethod]
    public void EveryMinuteAroundTheChangesOfAYearIsRight()
    {
        foreach (string id in Zones)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
            var time = new ClassicTime(zone);
            for (var local = new DateTime(2011, 1, 1); local.Year == 2011; local = local.AddMinutes(10))
                Assert.AreEqual(zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToInstant().ToDateTimeOffset(), time.ToInstant(local), $"{id} {local:s}");
        }
    }
}
