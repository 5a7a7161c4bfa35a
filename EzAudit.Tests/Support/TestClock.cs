using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Support;

/// <summary>Helpers for the clocks of tests.</summary>
internal static class TestClock
{
    /// <summary>The time at which clocks of tests start, a Wednesday.</summary>
    public static readonly DateTimeOffset Start = new(2007, 5, 23, 14, 47, 58, TimeSpan.Zero);

    /// <summary>Sets the clock forward or back, as an administrator does, without firing timers.</summary>
    public static void AdjustBy(this FakeTimeProvider clock, TimeSpan change) => clock.AdjustTime(clock.GetUtcNow() + change);
}
