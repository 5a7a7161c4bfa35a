using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage;

[TestClass]
public sealed class FutexRoomTests : WaitingRoomContract
{
    internal override WaitingRoom Create()
    {
        if (!FutexRoom.IsSupported) Needs.LeaveOut("it needs 64-bit Linux");
        return new FutexRoom();
    }
}
