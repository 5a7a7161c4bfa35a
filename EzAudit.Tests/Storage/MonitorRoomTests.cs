using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

[TestClass]
public sealed class MonitorRoomTests : WaitingRoomContract
{
    internal override WaitingRoom Create() => new MonitorRoom();
}
