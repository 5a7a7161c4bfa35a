using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins.Syslog;

/// <summary>The server is killed, stopped and restarted while records are written: every one arrives, few twice, and those can be told.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SyslogOutageTests
{
    private const int Threads = 8;

    [TestMethod]
    [DataRow("octet")]
    [DataRow("lf")]
    public void EveryRecordArrivesWhateverTheServerSuffers(string framing)
    {
        int count = FaultForm.Choose(80_000, 1_000_000);
        using var server = new SyslogServer();
        server.Start();
        using AuditSite site = SyslogSite.Make($"Transport=tcp\nHost=127.0.0.1\nPort={server.TcpPort}\nFraming={framing}\nSpool=2GiB\nWindow={FaultForm.Choose(16, 64)}KiB\nRequired=no\n", durability: "queue");
        int written = 0;
        Task flood = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < count / Threads; i++)
                {
                    Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", $"{thread}-{i}")));
                    Interlocked.Increment(ref written);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        After(0.2, server.Kill);
        server.Start();
        After(0.4, () => Native.Signal(server.ProcessId, Native.SigStop));
        After(0.6, () => Native.Signal(server.ProcessId, Native.SigContinue));
        After(0.8, server.Stop);
        server.Start();
        flood.GetAwaiter().GetResult();

        Until.True(() => SyslogSite.Health(site).QueuedBytes == 0, "nothing waits any more", () => SyslogSite.Health(site).ToString(), TimeSpan.FromMinutes(FaultForm.Choose(1, 10)));
        string[] received = server.ReceivedParameters("id");
        int arrived = received.Distinct().Count();
        int twice = received.Length - count;
        Console.WriteLine($"{framing}: {count} written, {arrived} arrived, {twice} of them twice");
        Assert.AreEqual(count, arrived);
        Assert.IsLessThan(count / FaultForm.Choose(100, 1000), twice);

        void After(double part, Action action)
        {
            int most = (int)(count * part);
            Until.True(() => Volatile.Read(ref written) >= most, $"{most} records are written", patience: TimeSpan.FromMinutes(5));
            action();
        }
    }
}
