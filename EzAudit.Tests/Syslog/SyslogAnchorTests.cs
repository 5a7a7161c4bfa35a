using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling;
using EzAudit.Syslog;
using EzAudit.Syslog.Settings;
using EzAudit.Tests.Sealing.Anchors;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Syslog;

/// <summary>The anchor <c>syslog</c>, received by a real rsyslogd.</summary>
[TestClass]
public sealed class SyslogAnchorTests : AnchorContract, IDisposable
{
    private readonly SyslogServer _server = new();
    private readonly TempFolder _root = new();

    public SyslogAnchorTests() => _server.Start();

    [TestMethod]
    [DataRow("rfc5424", "1KiB")]
    [DataRow("rfc3164", "1KiB")]
    [DataRow("bare", "1KiB")]
    public void TheLineIsWholeInEveryFrame(string frame, string size)
    {
        AuditCheckpoint checkpoint = SomeCheckpoints.Public(long.MaxValue);
        using (IAuditAnchor anchor = Open(("Frame", frame), ("MaxBytes", size))) anchor.Publish(checkpoint);

        Assert.AreEqual(checkpoint.Line, _server.Wait(1).Single().Text.Trim());
    }

    [TestMethod]
    public void AMessageSaysWhatItIs()
    {
        using (IAuditAnchor anchor = Open(("Facility", "local3"), ("Tag", "ledger"))) anchor.Publish(SomeCheckpoints.Public(1));

        ReceivedMessage message = _server.Wait(1).Single();
        Assert.AreEqual(("local3", "notice", "ledger", "audit-checkpoint"), (message.Facility, message.Severity, message.App, message.Id));
        Assert.StartsWith("2007-05-23T14:47:58", message.Time);
    }

    [TestMethod]
    public void WhatIsPublishedWhileTheServerIsAwayIsSentByTheNextRun()
    {
        _server.Stop();
        AuditCheckpoint checkpoint = SomeCheckpoints.Public(8);
        using (IAuditAnchor anchor = Open())
        {
            anchor.Publish(checkpoint);
            Until.True(() => anchor.Trouble is not null, "the outage is noticed");
            Assert.StartsWith($"127.0.0.1:{_server.TcpPort}: ", anchor.Trouble!);
        }
        Assert.HasCount(1, Directory.GetDirectories(_root["var/spool/anchors/siem"]));

        _server.Start();
        using (IAuditAnchor anchor = Open()) Assert.AreEqual(checkpoint.Line, _server.Wait(1).Single().Text.Trim());
    }

    [TestMethod]
    public void KeysThatDependOnTheFunctionDoNotExist()
    {
        Assert.Contains("Host", SyslogSettings.AnchorKeys);
        CollectionAssert.DoesNotContain(SyslogSettings.AnchorKeys.ToArray(), "Severities");
        CollectionAssert.DoesNotContain(SyslogSettings.AnchorKeys.ToArray(), "Facilities");
    }

    [TestMethod]
    public void ATrialLeavesNothingBehind()
    {
        Create(Settings(isTrial: true)).Dispose();

        Assert.IsEmpty(Directory.GetFileSystemEntries(_root.Path));
    }

    public void Dispose()
    {
        _server.Dispose();
        _root.Dispose();
    }

    internal override IAuditAnchor Open() => Open([]);

    internal override IReadOnlyList<string> Received(int count) => [.. _server.Wait(count).Select(message => message.Text)];

    private IAuditAnchor Open(params (string Key, string Value)[] texts) => Create(Settings(texts));

    private static IAuditAnchor Create(AuditComponentSettings settings)
    {
        var registry = new AuditRegistry();
        new SyslogPlugin().Register(registry);
        return registry.Anchors["syslog"].Create(settings);
    }

    private AuditComponentSettings Settings((string Key, string Value)[]? texts = null, bool isTrial = false)
    {
        var all = new Dictionary<string, string> { ["Transport"] = "tcp", ["Host"] = "127.0.0.1", ["Port"] = $"{_server.TcpPort}" };
        foreach (var (key, value) in texts ?? []) all[key] = value;
        return new AuditComponentSettings("siem", all) 
        {
            Root = _root.Path,
            IsTrial = isTrial,
            Spools = new SpoolFactory(name => new AuditFunction { Name = name }, _ => NoObserver.Instance, new FakeTimeProvider(TestClock.Start)),
        };
    }
}
