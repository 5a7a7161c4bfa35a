using System.Diagnostics;

namespace EzAudit.Tests.Support;

/// <summary>Measures what a call allocates once it is fully optimised.</summary>
internal static class Allocation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The fewest bytes that any of 100 calls allocated on this thread: early calls are not optimised yet, and the runtime itself allocates.</summary>
    public static long Of(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        long least = long.MaxValue;
        while (least > 0 && Stopwatch.GetElapsedTime(start) < Patience)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
