using EzAudit.Storage.Linux;

namespace EzAudit.Storage.Platform;

/// <summary>Selects the wait queue for this operating system.</summary>
internal static class PlatformWaitQueue
{
    public static WaitQueue Create() => FutexWaitQueue.IsSupported ? new FutexWaitQueue() : new MonitorWaitQueue();
}
