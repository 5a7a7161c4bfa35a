using System.Diagnostics;

namespace EzAudit.Tests.Support;

/// <summary>Waits for what is to happen, and fails when it does not.</summary>
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
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Patience)) Assert.Fail($"Waited in vain until {what}{(found is null ? "" : ": " + found())}.");
            never.Wait(Look);
        }
    }
}
