using System.Globalization;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Cli;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Collector;

/// <summary>Collectors that run as the tool does, each in a process of its own, to be killed.</summary>
internal sealed class CollectorProcesses(AuditStreamOptions stream, string store) : IDisposable
{
    /// <summary>How soon the records of a killed collector come again.</summary>
    public static readonly TimeSpan AckWait = TimeSpan.FromSeconds(3);

    private readonly ToolSite _site = new();
    private readonly Dictionary<int, ChildProcess> _running = [];

    public string Letters => _site.Root["letters"];

    /// <summary>Starts a collector in place of one that was killed.</summary>
    public void Start(int number) =>
        _running.Add(number, _site.Start("collect", "--url", stream.Url, "--replicas", "1", "--ack-wait", AckWait.TotalSeconds.ToString(CultureInfo.InvariantCulture), "--store", store, "--dead-letters", Letters));

    /// <summary>Kills a collector with SIGKILL, and starts it again.</summary>
    public void KillAndStart(int number)
    {
        Assert.IsFalse(_running[number].HasEnded, "the collector runs until it is killed");
        _running[number].Kill();
        _running[number].Dispose();
        _running.Remove(number);
        Start(number);
    }

    public void Dispose()
    {
        foreach (ChildProcess process in _running.Values) process.Dispose();
        _site.Dispose();
    }
}
