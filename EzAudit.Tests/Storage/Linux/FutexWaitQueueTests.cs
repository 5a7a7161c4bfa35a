using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

[TestClass]
public sealed class FutexWaitQueueTests : WaitQueueContract
{
    internal override WaitQueue Create()
    {
        if (!FutexWaitQueue.IsSupported) Needs.LeaveOut("it needs 64-bit Linux");
        return new FutexWaitQueue();
    }
}
