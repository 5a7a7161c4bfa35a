using System.Net;
using System.Net.Sockets;
using EzAudit.Records;
using EzAudit.Syslog;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>What happens to records while the server or this process is down.</summary>
[TestClass]
public sealed class SyslogDeliveryTests
{
    [TestMethod]
    [Fault(76)]
    public void WhatIsWrittenWhileTheServerIsAwayIsSentInOrderWhenItComes()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make(To(server) + "Required=no\n");
        for (int i = 0; i < 100; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        Until.True(() => SyslogSite.Health(site).State == AuditHealthState.Degraded, "the failure is noticed");
        Assert.Contains($"127.0.0.1:{server.TcpPort}: Connection refused", SyslogSite.Health(site).LastError!);
        Assert.HasCount(100, site.Records("login.log"));

        server.Start();

        CollectionAssert.AreEqual(Numbers(100), server.Wait(100).Select(message => message.Parameter("Id")).ToArray());
        Until.True(() => SyslogSite.Health(site) is { State: AuditHealthState.Healthy, QueuedBytes: 0 }, "the target has recovered");
    }

    [TestMethod]
    public void TheLocalSocketMayAppearLaterToo()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make($"Transport=unix\nPath={server.StructuredSocketPath}\nFrame=rfc5424\n");
        for (int i = 0; i < 200; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        Until.True(() => SyslogSite.Health(site).LastError is not null, "the failure is noticed");
        server.Start();
        CollectionAssert.AreEqual(Numbers(200), server.Wait(200).Select(message => message.Parameter("Id")).ToArray());
    }

    [TestMethod]
    public void APortThatIsClosedIsNoticedOverUdpByTheNextMessage()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make($"Transport=udp\nHost=127.0.0.1\nPort={server.UdpPort}\n");
        for (int i = 0; i < 10; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        Until.True(() => SyslogSite.Health(site).LastError is { } error && error.Contains("Connection refused", StringComparison.Ordinal), "the failure is noticed");
        Assert.IsGreaterThan(0, SyslogSite.Health(site).QueuedBytes);
    }

    [TestMethod]
    public void TheNextWriterSendsWhatAClosedOneLeft()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make(To(server));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 0)));
        site.Writer.Dispose();
        server.Start();
        using AuditWriter next = new AuditWriterBuilder(site.Root.Path).AddPlugin(new SyslogPlugin()).Build();
        Assert.IsTrue(next.WriteAudit("user-login", ("Id", 1)));
        CollectionAssert.AreEqual(Numbers(2), server.Wait(2).Select(message => message.Parameter("Id")).ToArray());
        next.Dispose();
        Assert.IsEmpty(Directory.GetFileSystemEntries(site.Root["var/spool/audit/log"]));
    }

    [TestMethod]
    public void ClosingSendsTheRestAndLeavesNothingBehind()
    {
        using var server = new SyslogServer();
        server.Start();
        using AuditSite site = SyslogSite.Make(To(server));
        for (int i = 0; i < 1000; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
        site.Writer.Dispose();
        CollectionAssert.AreEqual(Numbers(1000), server.Received().Select(message => message.Parameter("Id")).ToArray());
        Assert.IsEmpty(Directory.GetFileSystemEntries(site.Root["var/spool/audit/log"]));
    }

    [TestMethod]
    public void AReloadLosesNothing()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make(To(server));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 0)));
        site.Root.Write("settings/override/audit.ini", "[Target-log]\nTag=changed\n");
        Until.True(() =>
        {
            Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 1)));
            return Directory.GetFiles(site.Root["var/spool/audit/log"], "*.spool", SearchOption.AllDirectories).Length == 2;
        }, "the new settings are in force");
        server.Start();
        Until.True(() => server.Received() is var received && received.Any(message => message.App == "changed") && received.Any(message => message.Parameter("Id") == "0"), "both have sent");
    }

    [TestMethod]
    public void AFullSpoolIsAFailureIfTheTargetIsRequired()
    {
        using AuditSite site = SyslogSite.Make($"Transport=tcp\nHost=127.0.0.1\nPort={SyslogServer.FreePort(SocketType.Stream)}\nSpool=1MiB\nMaxBytes=64KiB\n");
        AuditWriteException? failure = null;
        for (int i = 0; i < 100 && failure is null; i++)
        {
            try
            {
                site.Writer.WriteAudit("user-login", ("Text", new string('x', 20_000)));
            }
            catch (AuditWriteException full)
            {
                failure = full;
            }
        }
        Assert.AreEqual(AuditWriteStage.Target, failure!.Stage);
        Assert.Contains("bytes are waiting, and Spool=1048576 allows no more", failure.Message);
        Assert.IsFalse(failure.MayBeStored);
    }

    [TestMethod]
    public void AFullSpoolIsARecordedLossIfItIsNot()
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make(To(server) + "Spool=1MiB\nMaxBytes=64KiB\nRequired=no\n");
        for (int i = 0; i < 60; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i), ("Text", new string('x', 20_000))));
        long lost = SyslogSite.Health(site).Lost;
        Assert.IsGreaterThan(0, lost);
        server.Start();
        Until.True(() => SyslogSite.Health(site).QueuedBytes == 0, "no record is waiting");
        int arrived = server.Received().Count;
        Assert.AreEqual(60 - lost, arrived);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 60)));
        AuditRecord[] records = site.Records("login.log");
        Assert.HasCount(62, records);
        Assert.AreEqual(lost.ToString(System.Globalization.CultureInfo.InvariantCulture), records[^1]["Lost records"]);
    }

    [TestMethod]
    [DataRow("os", "no")]
    [DataRow("disk", "yes")]
    public async Task WhatWasAcknowledgedSurvivesAKillOfThisProcess(string durability, string required)
    {
        using var server = new SyslogServer();
        using AuditSite site = SyslogSite.Make(To(server) + $"Required={required}\nMaxBytes=64KiB\n[PluginSettings]\nPlugins[]=EzAudit.Syslog\n", durability);
        string[] acknowledged;
        using (var flood = new Flood(site.Root.Path, "p", threads: 4, size: 300))
        {
            flood.WaitUntilReady();
            await flood.Run(2000, flood.Kill);
            Assert.IsEmpty(flood.Failures);
            acknowledged = [.. flood.Acknowledged];
        }
        server.Start();
        using AuditWriter next = new AuditWriterBuilder(site.Root.Path).Build();
        Until.True(() => next.Health.Targets.Single(target => target.Target == "log").QueuedBytes == 0, "no record is waiting");
        next.Dispose();
        string[] arrived = [.. server.Received().Select(message => message.Parameter("Id")!)];
        CollectionAssert.IsSubsetOf(acknowledged, arrived);
        CollectionAssert.AllItemsAreUnique(arrived);
    }

    [TestMethod]
    [Fault(78)]
    public void AServerThatClosesBeforeItHasReadGetsTheRecordsAgain()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using AuditSite site = SyslogSite.Make($"Transport=tcp\nHost=127.0.0.1\nPort={((IPEndPoint)listener.LocalEndpoint).Port}\nFraming=lf\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 7)));
        using (Socket first = listener.AcceptSocket())
        {
            // Closed with the record unread, like a server that crashes.
            Until.True(() => first.Available > 0, "the record has arrived");
        }
        using Socket second = listener.AcceptSocket();
        using var reader = new StreamReader(new NetworkStream(second));
        Assert.Contains(" Id=\"7\"", reader.ReadLine()!);
    }

    [TestMethod]
    [Fault(76)]
    public void AServerThatDoesNotReadHoldsNobodyUp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using AuditSite site = SyslogSite.Make($"Transport=tcp\nHost=127.0.0.1\nPort={((IPEndPoint)listener.LocalEndpoint).Port}\nRequired=no\nSpool=64MiB\nWindow=16MiB\n");
        for (int i = 0; i < 20_000; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i), ("Text", new string('x', 500))));
        Assert.AreEqual(0, SyslogSite.Health(site).Lost);
        Assert.IsGreaterThan(20_000_000, SyslogSite.Health(site).QueuedBytes);
    }

    private static string To(SyslogServer server) => $"Transport=tcp\nHost=127.0.0.1\nPort={server.TcpPort}\n";

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
