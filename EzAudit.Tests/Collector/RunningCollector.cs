using EzAudit.Collector;
using EzAudit.Extensibility;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Collector;

/// <summary>A collector at work, with a directory for its dead letters.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AuditCollector _collector;
    private readonly Task _running;

    public RunningCollector(AuditStreamOptions stream, string store, string letters, AuditBatchLimits? limits = null)
    {
        var options = new AuditCollectorOptions { Stream = stream, Store = store, DeadLetters = letters };
        _collector = new AuditCollector(limits is null ? options : options with { Limits = limits });
        _running = _collector.RunAsync(_stop.Token);
    }

    public AuditCollectorStatus Status => _collector.Status;

    public Task<AuditCollectorHealth> CheckAsync() => _collector.CheckAsync();

    /// <summary>Waits until everything in the stream has been acknowledged.</summary>
    public void WaitUntilDone() => Until.True(
        () => !_running.IsCompleted && _collector.CheckAsync().GetAwaiter().GetResult().Pending == 0, "everything is collected", () => $"{_collector.Status}");

    public void WaitForTrouble(string text) => Until.True(
        () => _collector.Status.Trouble?.Contains(text, StringComparison.Ordinal) == true, $"the trouble is \"{text}\"", () => $"{_collector.Status}");

    /// <summary>Tells it to stop, and waits for that.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _collector.DisposeAsync();
        _stop.Dispose();
    }
}
