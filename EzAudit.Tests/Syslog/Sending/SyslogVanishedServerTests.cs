using System.Diagnostics;
using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Sending;

/// <summary>The server's machine vanishes without notification: the target detects it and delivers unread records once the machine is back.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SyslogVanishedServerTests
{
    private const int Timeout = 3;
    private const int Records = 20_000;

    [TestMethod]
    [Fault(76)]
    public void AConnectionInUseEndsAfterTheTimeout()
    {
        using var machine = new OtherMachine();
        using var server = new SyslogServer(machine: machine);
        server.Start();
        // The receive window closes only when the buffers are full, so the thread is in the middle of a send.
        using AuditSite site = Site(server, machine, window: "64MiB");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", -1)));
        server.Wait(1);

        machine.Vanish();
        TimeSpan noticed = Noticed(site, "Connection timed out", () =>
        {
            for (int i = 0; i < Records; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        });

        AssertAllArrive(site, machine, server, Records + 1);
        Console.WriteLine($"in use: noticed after {noticed.TotalSeconds:0.0} s at Timeout={Timeout}");
        Assert.IsInRange(TimeSpan.FromSeconds(Timeout - 1), TimeSpan.FromSeconds(Timeout + 5), noticed);
    }

    [TestMethod]
    public void AnIdleConnectionEndsAfterTheTimeoutToo()
    {
        using var machine = new OtherMachine();
        using var server = new SyslogServer(machine: machine);
        server.Start();
        using AuditSite site = Site(server, machine, window: "64KiB");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 0)));
        server.Wait(1);

        // The record has arrived and its connection lingers; only its FIN remains unanswered.
        TimeSpan noticed = Noticed(site, "Connection timed out", machine.Vanish);

        AssertAllArrive(site, machine, server, 1);
        Console.WriteLine($"idle: noticed after {noticed.TotalSeconds:0.0} s at Timeout={Timeout}");
        Assert.IsInRange(TimeSpan.FromSeconds(Timeout - 1), TimeSpan.FromSeconds(Timeout + 10), noticed);
    }

    [TestMethod]
    public void ASilentMachineIsDistinguishedFromAServerThatDoesNotRead()
    {
        using var machine = new OtherMachine();
        using var server = new SyslogServer(machine: machine);
        server.Start();
        using AuditSite site = Site(server, machine, window: "4KiB");
        Native.Signal(server.ProcessId, Native.SigStop);
        for (int i = 0; i < 100; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        // The server's machine answers, so the connection is kept, however long it takes.
        Until.True(() => Error(site).Contains("the server is not reading", StringComparison.Ordinal), "the outage is noticed");

        TimeSpan noticed = Noticed(site, "Connection timed out", machine.Vanish);

        Native.Signal(server.ProcessId, Native.SigContinue);
        AssertAllArrive(site, machine, server, 100);
        Console.WriteLine($"waiting for the server: noticed after {noticed.TotalSeconds:0.0} s at Timeout={Timeout}");
        Assert.IsInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(Timeout + 5), noticed);
    }

    private static AuditSite Site(SyslogServer server, OtherMachine machine, string window) =>
        SyslogSite.Make($"Transport=tcp\nHost={machine.Address}\nPort={server.TcpPort}\nRequired=no\nTimeout={Timeout}\nWindow={window}\n");

    private static TimeSpan Noticed(AuditSite site, string error, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        Until.True(() => Error(site).Contains(error, StringComparison.Ordinal), "it is noticed", () => Error(site), TimeSpan.FromSeconds(60));
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Error(AuditSite site) => SyslogSite.Health(site).LastError ?? "none";

    private static void AssertAllArrive(AuditSite site, OtherMachine machine, SyslogServer server, int count)
    {
        machine.Return();
        Until.True(() => SyslogSite.Health(site) is { State: AuditHealthState.Healthy, QueuedBytes: 0 }, "no record is waiting", () => SyslogSite.Health(site).ToString(), TimeSpan.FromSeconds(60));
        Assert.AreEqual(count, server.ReceivedParameters("id").Distinct().Count());
    }
}
