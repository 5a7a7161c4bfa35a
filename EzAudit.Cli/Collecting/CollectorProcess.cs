using System.Globalization;
using System.Net;
using EzAudit.Collector;

namespace EzAudit.Cli.Collecting;

/// <summary>Runs a collector as a service: with its health endpoint, and in touch with systemd.</summary>
internal static class CollectorProcess
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(AuditCollector collector, IPEndPoint? address, CancellationToken stop)
    {
        var manager = new ServiceManager();
        using HealthServer? server = address is null ? null : new HealthServer(address, collector);
        using var ended = new CancellationTokenSource();
        Task reporting = ReportAsync(collector, manager, ended.Token);
        CancellationTokenRegistration stopping = stop.Register(() => manager.Notify("STOPPING=1"));
        await using (stopping.ConfigureAwait(false))
        {
            // Ready also while stream or store is away: it waits for them.
            manager.Notify("READY=1");
            try
            {
                await collector.RunAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
                await reporting.ConfigureAwait(false);
            }
        }
    }

    // A collector that can no longer check anything hangs: systemd restarts it.
    private static async Task ReportAsync(AuditCollector collector, ServiceManager manager, CancellationToken ended)
    {
        if (!manager.IsPresent) return;
        TimeSpan interval = manager.Watchdog is { } watchdog && watchdog / 2 < StatusInterval ? watchdog / 2 : StatusInterval;
        using var timer = new PeriodicTimer(interval);
        try
        {
            do
            {
                AuditCollectorHealth health = await collector.CheckAsync(ended).ConfigureAwait(false);
                manager.Notify("WATCHDOG=1", $"STATUS={StatusOf(collector.Status, health)}");
            }
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }

    private static string StatusOf(AuditCollectorStatus status, AuditCollectorHealth health) => health.StreamTrouble ?? health.StoreTrouble ?? status.Trouble
        ?? string.Create(CultureInfo.InvariantCulture, $"{status.Messages} stored, {health.Pending} waiting, {health.LettersWaiting} dead letters");
}
