using System.Runtime.InteropServices;

namespace EzAudit.Benchmarks.Verifying;

/// <summary>The processor time of child processes, which .NET no longer knows after they have ended.</summary>
internal static partial class ChildTime
{
    private const int Children = -1; // RUSAGE_CHILDREN
    private const int UsageLongs = 18;

    /// <summary>The processor time of all children that have ended so far, in seconds.</summary>
    public static unsafe double Total()
    {
        long* usage = stackalloc long[UsageLongs];
        if (GetUsage(Children, usage) != 0) throw new InvalidOperationException("getrusage(2) failed.");
        // User and system time, each in seconds and microseconds.
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
