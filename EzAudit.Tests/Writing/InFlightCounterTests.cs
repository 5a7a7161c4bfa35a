using EzAudit.Writing;

namespace EzAudit.Tests.Writing;

[TestClass]
public sealed class InFlightCounterTests
{
    [TestMethod]
    public void ClosingAnEmptyCounterReportsTheLast() => Assert.IsTrue(new InFlightCounter().Close());

    [TestMethod]
    public void LeavingLastAfterClosingReportsTheLast()
    {
        var users = new InFlightCounter();
        Assert.IsTrue(users.TryEnter(out _));
        Assert.IsTrue(users.TryEnter(out _));
        Assert.IsFalse(users.Close());
        Assert.IsFalse(users.Leave());
        Assert.IsTrue(users.Leave());
    }

    [TestMethod]
    public void NobodyEntersAfterClosing()
    {
        var users = new InFlightCounter();
        Assert.IsTrue(users.Close());
        Assert.IsFalse(users.TryEnter(out bool isLast));
        Assert.IsFalse(isLast);
    }

    [TestMethod]
    public void EnteringAndLeavingMayHappenOnDifferentThreads()
    {
        var users = new InFlightCounter();
        Assert.IsTrue(users.TryEnter(out _));
        var other = new Thread(() => users.Leave());
        other.Start();
        other.Join();
        Assert.IsTrue(users.Close());
    }

    [TestMethod]
    public void ExactlyOneIsTheLastHoweverManyEnterAndLeave()
    {
        for (int round = 0; round < 200; round++)
        {
            var users = new InFlightCounter();
            int last = 0;
            int inside = 0;
            using var start = new Barrier(5);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                while (true)
                {
                    if (!users.TryEnter(out bool isLast))
                    {
                        if (isLast) Interlocked.Increment(ref last);
                        return;
                    }
                    Interlocked.Increment(ref inside);
                    Interlocked.Decrement(ref inside);
                    if (users.Leave()) Interlocked.Increment(ref last);
                }
            }))];
            foreach (Thread thread in threads) thread.Start();
            start.SignalAndWait();
            if (users.Close()) Interlocked.Increment(ref last);
            foreach (Thread thread in threads) thread.Join();
            Assert.AreEqual(1, last);
        }
    }
}
