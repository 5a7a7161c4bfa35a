using NodaTime;

namespace EzAudit.Storage.Rotating;

/// <summary>How old the files of a trail are, by more than one clock: a start at a wrong time must not make all of them old.</summary>
/// <remarks>
/// Time goes on only from the newest time the trail had when it was first looked at, by the clock of this process that nobody sets.
/// A trail that rested longer is thought younger than it is, until the next start. A leap of years within it counts as nothing: then a clock was wrong.
/// </remarks>
internal sealed class TrailAge(IClock clock)
{
    private static readonly Duration Leap = Duration.FromDays(5 * 365);

    private Instant? _start;
    private long _startTick;
    private Instant[] _times = [];
    private Instant _present;
    private Instant _latest;

    /// <summary>Looks at the times at which the files of the trail were last written to.</summary>
    /// <param name="trail">All of them.</param>
    /// <param name="latest">That of the file that was certainly written to last; <see langword="null"/> where there is none.</param>
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

    /// <summary>Whether only a clock that was wrong can have given this time.</summary>
    public bool IsFuture(Instant time) => time > _latest;

    /// <summary>How long ago a time of the trail was; nothing for one that is yet to come.</summary>
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
