using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

[TestClass]
public sealed class MonitorWaitQueueTests : WaitQueueContract
{
    internal override WaitQueue Create() => new MonitorWaitQueue();
}
