using EzAudit.Storage.Linux;

namespace EzAudit.Storage;

/// <summary>Chooses how threads wait on this operating system.</summary>
internal static class PlatformWaitingRoom
{
    public static WaitingRoom Create() => FutexRoom.IsSupported ? new FutexRoom() : new MonitorRoom();
}
