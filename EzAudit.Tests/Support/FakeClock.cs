using System.Collections.Concurrent;
using NodaTime;

namespace EzAudit.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Its timers fire when a test says so.</summary>
internal sealed class FakeClock(Instant now) : TimeProvider, IClock
{
    private readonly ConcurrentQueue<Action> _timers = new();
    private long _ticks = now.ToUnixTimeTicks();

    public FakeClock() : this(Instant.FromUtc(2007, 5, 23, 14, 47, 58))
    {
    }

    public Instant GetCurrentInstant() => Instant.FromUnixTimeTicks(Interlocked.Read(ref _ticks));

    public override DateTimeOffset GetUtcNow()
    {
        Instant instant = GetCurrentInstant();
        return instant < NodaConstants.BclEpoch ? DateTimeOffset.MinValue : instant.ToDateTimeOffset();
    }

    public void Advance(Duration duration) => Interlocked.Add(ref _ticks, duration.BclCompatibleTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Enqueue(() => callback(state));
        return new Timer();
    }

    /// <summary>Fires each timer once.</summary>
    public void Tick()
    {
        foreach (Action timer in _timers) timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
