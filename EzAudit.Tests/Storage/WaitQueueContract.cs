using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>The contract of every wait queue.</summary>
public abstract class WaitQueueContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal abstract WaitQueue Create();

    [TestMethod]
    public void AWaiterThatArrivesAfterTheReleaseDoesNotWait()
    {
        WaitQueue room = Create();
        int number = room.Number;
        room.Announce();
        Assert.IsTrue(room.Wait(number, Patience));
    }

    [TestMethod]
    public void WithoutAReleaseTheTimeoutExpires()
    {
        WaitQueue room = Create();
        Assert.IsFalse(room.Wait(room.Number, TimeSpan.FromMilliseconds(1)));
        Assert.IsFalse(room.Wait(room.Number, TimeSpan.Zero));
    }

    [TestMethod]
    public void AReleaseOfAllReachesAll()
    {
        WaitQueue room = Create();
        int number = room.Number;
        int released = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (room.Number == number) room.Wait(number, TimeSpan.MaxValue);
            Interlocked.Increment(ref released);
        }))];
        foreach (Thread thread in threads) thread.Start();
        room.Announce();
        room.ReleaseAll();
        foreach (Thread thread in threads) Assert.IsTrue(thread.Join(Patience), "a thread was never released");
        Assert.AreEqual(threads.Length, released);
    }

    [TestMethod]
    public void EachSingleReleaseReleasesTheNextWaiter()
    {
        // A baton that each holder passes on: with one release too few, the others wait forever.
        WaitQueue room = Create();
        int turn = 0;
        const int rounds = 2_000;
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(own => new Thread(() =>
        {
            while (true)
            {
                int number = room.Number;
                int now = Volatile.Read(ref turn);
                if (now >= rounds) return;
                if (now % 2 != own)
                {
                    if (!room.Wait(number, Patience)) return;
                    continue;
                }
                Volatile.Write(ref turn, now + 1);
                room.Announce();
                room.ReleaseOne();
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) Assert.IsTrue(thread.Join(Patience), "a thread was never released");
        Assert.AreEqual(rounds, turn);
    }
}
