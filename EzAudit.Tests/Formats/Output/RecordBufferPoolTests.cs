using EzAudit.Formats.Output;

namespace EzAudit.Tests.Formats.Output;

[TestClass]
public sealed class RecordBufferPoolTests
{
    private readonly RecordBufferPool _pool = new();

    [TestMethod]
    public void AThreadGetsItsOwnBufferAgainEmpty()
    {
        RecordBuffer first = _pool.Rent();
        first.GetSpan(1)[0] = 7;
        first.Advance(1);
        _pool.Return(first);
        RecordBuffer second = _pool.Rent();
        Assert.AreSame(first, second);
        Assert.IsTrue(second.Written.IsEmpty);
        _pool.Return(second);
    }

    [TestMethod]
    public void ABufferHasOneOwner()
    {
        RecordBuffer[] rented = [_pool.Rent(), new RecordBufferPool().Rent(), _pool.Rent(), _pool.Rent()];
        Assert.HasCount(rented.Length, rented.Distinct());
        foreach (RecordBuffer buffer in rented) _pool.Return(buffer);
    }

    [TestMethod]
    public void ABufferMayBeReturnedOnAnotherThread()
    {
        RecordBuffer first = _pool.Rent();
        var other = new Thread(() => _pool.Return(first));
        other.Start();
        other.Join();
        RecordBuffer second = _pool.Rent();
        Assert.AreSame(first, second);
        _pool.Return(second);
    }

    [TestMethod]
    public void AHugeRecordDoesNotHoldItsMemory()
    {
        RecordBuffer buffer = _pool.Rent();
        buffer.GetSpan(2 << 20);
        _pool.Return(buffer);
        Assert.IsLessThan(1 << 20, buffer.GetSpan().Length);
    }
}
