using System.Diagnostics;

namespace EzAudit.Tests.Support;

/// <summary>What a call allocates once the runtime has compiled it for good.</summary>
internal static class Allocation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The fewest bytes that 100 calls allocated on this thread: at first the runtime itself allocates, and so does code that it has not optimised yet.</summary>
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
