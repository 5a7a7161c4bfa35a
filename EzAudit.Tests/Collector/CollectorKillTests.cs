using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Nats;
using EzAudit.Tests.PostgreSql;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Collector;

/// <summary>
/// Records go from a writer through the stream and two collectors into the store, while collectors, the store's server or the stream's server are killed with
/// SIGKILL: each acknowledged record is in the store, once.
/// </summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class CollectorKillTests : IDisposable
{
    private const int Least = 300;
    private const int Most = 1500;

    private readonly NatsServer _stream = new();
    private readonly StoreServer _store = new();
    private readonly CollectorProcesses _collectors;
    private readonly Random _random = new(14);

    public CollectorKillTests() => _collectors = new CollectorProcesses(_stream.Options, _store.Writer);

    public required TestContext TestContext { get; set; }

    public void Dispose()
    {
        _collectors.Dispose();
        _stream.Dispose();
        _store.Dispose();
    }

    [TestMethod]
    [Fault(84)]
    public void TwoCollectorsAreKilledInTurn() => Run("collector killed", FaultForm.Choose(2, 100), trial => _collectors.KillAndStart(trial % 2));

    [TestMethod]
    [Fault(85)]
    public void TheStoreIsKilledUnderLoad() => Run("store's server killed", FaultForm.Choose(1, 50), _ =>
    {
        _store.Kill();
        _store.Start();
    });

    [TestMethod]
    [Fault(86)]
    public void TheStreamIsKilledUnderLoad() => Run("stream's server killed", FaultForm.Choose(1, 50), _ =>
    {
        _stream.Node.Kill();
        _stream.Node.Start();
    });

    private void Run(string fault, int trials, Action<int> strike)
    {
        _collectors.Start(0);
        _collectors.Start(1);
        using var load = new StreamLoad(_stream.Options);
        for (int trial = 0; trial < trials; trial++)
        {
            long due = Stored() + _random.Next(Least, Most);
            Until.True(() => Stored() >= due, "records come into the store", () => $"{Stored()} of {due}");
            strike(trial);
        }
        long acknowledged = load.Stop();
        var reader = new AuditStreamReader(_stream.Options with { AckWait = CollectorProcesses.AckWait }, "ezaudit-collect");
        Until.True(() => Pending(reader) == 0, "everything is collected", () => $"{Pending(reader)} wait");
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Report(fault, trials, acknowledged);
    }

    // -1 if the stream does not answer, as right after a kill.
    private static long Pending(AuditStreamReader reader)
    {
        try
        {
            return reader.CountPendingAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (AuditStreamException)
        {
            return -1;
        }
    }

    private long Stored() => _store.Query<long>("SELECT count(*) FROM ezaudit.audit_record")[0];

    private void Report(string fault, int trials, long acknowledged)
    {
        StoreFaultReport.Write(TestContext, _store, fault, trials, acknowledged);
        Assert.IsFalse(Directory.Exists(_collectors.Letters), "nothing was refused");
    }
}
