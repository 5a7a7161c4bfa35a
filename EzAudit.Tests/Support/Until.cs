using System.Diagnostics;

namespace EzAudit.Tests.Support;

/// <summary>Waits for a condition, and fails if it does not come true.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static void True(Func<bool> condition, string what, Func<string>? found = null, TimeSpan? patience = null)
    {
        long start = Stopwatch.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Patience)) Assert.Fail($"Timed out waiting until {what}{(found is null ? "" : ": " + found())}.");
            never.Wait(Look);
        }
    }
}
