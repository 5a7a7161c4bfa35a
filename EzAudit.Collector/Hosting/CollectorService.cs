using Microsoft.Extensions.Hosting;

namespace EzAudit.Collector.Hosting;

/// <summary>Runs a collector as long as the host.</summary>
internal sealed class CollectorService(AuditCollector collector) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => collector.RunAsync(stoppingToken);
}
