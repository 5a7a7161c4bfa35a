using EzAudit.Records;
using NodaTime;
using NodaTime.TimeZones;

namespace EzAudit.Inspection;

/// <summary>Warns about a time zone whose clocks go back: the classic format has no offset, so the records of that hour are ambiguous.</summary>
internal static class ClockChange
{
    private static readonly Duration Year = Duration.FromDays(366);

    public static AuditSettingsProblem? Warning(DateTimeZone zone, Instant now, AuditSetting setting)
    {
        foreach (ZoneInterval interval in zone.GetZoneIntervals(now, now + Year))
        {
            if (!interval.HasEnd || interval.End >= now + Year) return null;
            if (zone.GetUtcOffset(interval.End) >= interval.WallOffset) continue;
            LocalDateTime end = interval.IsoLocalEnd;
            return new AuditSettingsProblem(
                setting.File ?? LayerName.BuiltIn,
                setting.Line,
                $"TimeZone={zone.Id}, whose clocks go back on {end.Date:uuuu-MM-dd} at {end.TimeOfDay:HH:mm}",
                "a zone without this change, such as UTC: the classic format writes no offset, so the records of that hour look like those of the hour before")
            {
                IsWarning = true,
            };
        }
        return null;
    }
}
