using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>The server is killed, stopped and restarted, and its disk fills up, while records are written: each arrives, and the few duplicates are recognizable.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SyslogOutageTests
{
    private const int Threads = 8;

    private readonly int _count = FaultForm.Choose(80_000, 1_000_000);
    private int _written;

    [TestMethod]
    [DataRow("octet")]
    [DataRow("lf")]
    public void EveryRecordArrivesWhateverRsyslogSuffers(string framing)
    {
        using var server = new SyslogServer();
        server.Start();
        using AuditSite site = Site(server.TcpPort, framing);
        Task flood = Write(site);

        After(0.2, server.Kill);
        server.Start();
        After(0.4, () => Native.Signal(server.ProcessId, Native.SigStop));
        After(0.6, () => Native.Signal(server.ProcessId, Native.SigContinue));
        After(0.8, server.Stop);
        server.Start();
        flood.GetAwaiter().GetResult();

        WaitUntilSent(site);
        Check("rsyslog " + framing, server.ReceivedParameters("id"));
    }

    // Not with rsyslogd: it reads, reports and drops what its omfile cannot write (8.2302, whatever queue and retries it is
    // given). syslog-ng and its source wait for the disk.
    [TestMethod]
    [DataRow("octet")]
    [DataRow("lf")]
    public void EveryRecordArrivesWhateverSyslogNgAndItsDiskSuffer(string framing)
    {
        using var server = new SyslogNgServer();
        using var disk = new SmallDisk(server.OutputDirectory, FaultForm.Choose("100m", "1g"));
        server.Start();
        using AuditSite site = Site(framing == "octet" ? server.OctetPort : server.LfPort, framing);
        Task flood = Write(site);

        After(0.1, server.Kill);
        server.Start();
        After(0.2, disk.Fill);
        After(0.4, disk.Empty);
        After(0.5, () => Native.Signal(server.ProcessId, Native.SigStop));
        After(0.6, () => Native.Signal(server.ProcessId, Native.SigContinue));
        After(0.7, disk.Fill);
        After(0.8, server.Stop);
        disk.Empty();
        server.Start();
        flood.GetAwaiter().GetResult();

        WaitUntilSent(site);
        int seen = 0;
        Until.True(() => seen == (seen = server.Received("id").Length) && seen >= _count, "all is written", () => $"{seen} is", TimeSpan.FromMinutes(5));
        Check("syslog-ng " + framing, server.Received("id"));
    }

    private static AuditSite Site(int port, string framing) => SyslogSite.Make(
        $"Transport=tcp\nHost=127.0.0.1\nPort={port}\nFraming={framing}\nSpool=2GiB\nWindow={FaultForm.Choose(16, 64)}KiB\nRequired=no\n", durability: "queue");

    private Task Write(AuditSite site) => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
        () =>
        {
            for (int i = 0; i < _count / Threads; i++)
            {
                Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", $"{thread}-{i}")));
                Interlocked.Increment(ref _written);
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private void After(double part, Action action)
    {
        int most = (int)(_count * part);
        Until.True(() => Volatile.Read(ref _written) >= most, $"{most} records are written", patience: TimeSpan.FromMinutes(5));
        action();
    }

    private static void WaitUntilSent(AuditSite site) => Until.True(
        () => SyslogSite.Health(site).QueuedBytes == 0, "no record is waiting", () => SyslogSite.Health(site).ToString(), TimeSpan.FromMinutes(FaultForm.Choose(1, 10)));

    private void Check(string server, string[] received)
    {
        int arrived = received.Distinct().Count();
        int twice = received.Length - arrived;
        Console.WriteLine($"{server}: {_count} written, {arrived} arrived, {twice} of them twice");
        Assert.AreEqual(_count, arrived);
        Assert.IsLessThan(_count / FaultForm.Choose(100, 1000), twice);
    }
}
