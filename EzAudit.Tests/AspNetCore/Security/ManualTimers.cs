using System.Collections.Concurrent;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>The system's time, with timers that fire when the test says so.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly ConcurrentQueue<Action> _timers = new();

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
