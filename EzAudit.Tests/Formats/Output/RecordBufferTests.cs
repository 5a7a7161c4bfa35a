using EzAudit.Formats.Output;

namespace EzAudit.Tests.Formats.Output;

[TestClass]
public sealed class RecordBufferTests
{
    [TestMethod]
    public void AThreadGetsItsOwnBufferAgainEmpty()
    {
        RecordBuffer first = RecordBuffer.Rent();
        first.GetSpan(1)[0] = 7;
        first.Advance(1);
        first.Return();
        RecordBuffer second = RecordBuffer.Rent();
        Assert.AreSame(first, second);
        Assert.IsTrue(second.Written.IsEmpty);
        second.Return();
    }

    [TestMethod]
    public void ARentedBufferIsNotRentedAgain()
    {
        RecordBuffer[] rented = [RecordBuffer.Rent(), RecordBuffer.Rent(), RecordBuffer.Rent(), RecordBuffer.Rent()];
        Assert.HasCount(rented.Length, rented.Distinct());
        foreach (RecordBuffer buffer in rented) buffer.Return();
    }

    [TestMethod]
    public void ABufferMayBeReturnedOnAnotherThread()
    {
        RecordBuffer first = RecordBuffer.Rent();
        var other = new Thread(() => first.Return());
        other.Start();
        other.Join();
        RecordBuffer second = RecordBuffer.Rent();
        Assert.AreSame(first, second);
        second.Return();
    }

    [TestMethod]
    public void ABufferDoesNotKeepTheMemoryOfAHugeRecord()
    {
        RecordBuffer buffer = RecordBuffer.Rent();
        buffer.GetSpan(2 << 20);
        buffer.Return();
        Assert.IsLessThan(1 << 20, buffer.GetSpan().Length);
    }

    [TestMethod]
    public void TwoBuffersOfAThreadAreReused()
    {
        RecordBuffer first = RecordBuffer.Rent();
        RecordBuffer second = RecordBuffer.Rent();
        first.Return();
        second.Return();
        RecordBuffer[] again = [RecordBuffer.Rent(), RecordBuffer.Rent()];
        CollectionAssert.AreEqual(new[] { first, second }, again);
        foreach (RecordBuffer buffer in again) buffer.Return();
    }
}
