using EzAudit.Extensibility;
using EzAudit.Nats.Sending;
using EzAudit.Nats.Settings;
using EzAudit.Tests.PostgreSql;

namespace EzAudit.Tests.Collector;

/// <summary>A writer that publishes numbered records as fast as the stream acknowledges them, and repeats what was not acknowledged.</summary>
internal sealed class StreamLoad : IDisposable
{
    private const int BatchSize = 50;

    private readonly AuditStreamOptions _stream;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<long> _running;

    public StreamLoad(AuditStreamOptions stream)
    {
        _stream = stream;
        _running = Task.Run(PublishAsync);
    }

    /// <summary>Ends the load; returns the number of the last record that was acknowledged. All before it were, too.</summary>
    public long Stop()
    {
        _stop.Cancel();
        return _running.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private async Task<long> PublishAsync()
    {
        long acknowledged = 0;
        await using var sender = new NatsSender(_stream, areCheckpoints: false);
        while (!_stop.IsCancellationRequested)
        {
            var batch = new AuditBatch(StoreRecords.Of("load", acknowledged + 1, BatchSize));
            try
            {
                await sender.SendAsync(batch, default);
                acknowledged += BatchSize;
            }
            catch (AuditStreamException)
            {
                // Those that were confirmed before the failure count.
                acknowledged += batch.Confirmed;
            }
        }
        return acknowledged;
    }
}
