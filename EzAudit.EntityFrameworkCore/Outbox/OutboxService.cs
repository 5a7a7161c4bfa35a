using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Moves what an outbox holds when the host starts, every few seconds, and when it stops.</summary>
internal sealed class OutboxService<TContext>(IServiceScopeFactory scopes, AuditWriter writer, ILoggerFactory logs) : BackgroundService where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = logs.CreateLogger("EzAudit");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Move().ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                await Move().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    // The table may not be there yet, the database may be away: what is in it can wait, and the host goes on.
    private async Task Move()
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await OutboxMoving.Move(scope.ServiceProvider.GetRequiredService<TContext>(), writer, isAsync: true).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            OutboxLog.NotMoved(_log, typeof(TContext).Name, failure);
        }
    }
}
