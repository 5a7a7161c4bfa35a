using NodaTime;

namespace EzAudit.Storage.Rotating;

/// <summary>Determines the age of the files of a trail from more than one clock: starting with a wrong time must not age all of them.</summary>
/// <remarks>
/// Time continues from the newest time of the trail at the first look, by the monotonic clock of this process.
/// A trail that was idle for long seems younger than it is, until the next start. A gap of years between files counts as zero, because it means a wrong clock.
/// </remarks>
internal sealed class TrailAge(IClock clock)
{
    private static readonly Duration Leap = Duration.FromDays(5 * 365);

    private Instant? _start;
    private long _startTick;
    private Instant[] _times = [];
    private Instant _present;
    private Instant _latest;

    /// <summary>Examines the times at which the files of the trail were last written.</summary>
    /// <param name="trail">The times of all files.</param>
    /// <param name="latest">The time of the file that was certainly written last; <see langword="null"/> if there is none.</param>
    public void Measure(IReadOnlyList<Instant> trail, Instant? latest)
    {
        Instant now = clock.GetCurrentInstant();
        _latest = Instant.Max(now, latest ?? now);
        if (_start is null)
        {
            _start = trail.Where(time => time <= now).DefaultIfEmpty(now).Max();
            _startTick = Environment.TickCount64;
        }
        _present = Instant.Min(now, _start.Value + Duration.FromMilliseconds(Environment.TickCount64 - _startTick));
        _times = [.. trail.Where(time => time < _present).Append(_present).Order()];
    }

    /// <summary>Whether only a wrong clock can have produced this time.</summary>
    public bool IsFuture(Instant time) => time > _latest;

    /// <summary>How long ago a time of the trail was; zero for a time in the future.</summary>
    public Duration Of(Instant time)
    {
        Duration age = Duration.Zero;
        foreach (Instant later in _times.Where(later => later > time))
        {
            if (later - time < Leap) age += later - time;
            time = later;
        }
        return age;
    }
}
