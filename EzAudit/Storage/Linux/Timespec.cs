using System.Runtime.InteropServices;

namespace EzAudit.Storage.Linux;

/// <summary>A span of time as 64-bit Linux takes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Timespec(TimeSpan span)
{
    public readonly long Seconds = span.Ticks / TimeSpan.TicksPerSecond;
    public readonly long Nanoseconds = span.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
}
