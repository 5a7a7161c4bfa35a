using EzAudit.EntityFrameworkCore.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Moves an outbox to the log when the host starts, every few seconds, and when the host stops.</summary>
internal sealed class OutboxService<TContext>(IServiceScopeFactory scopes, AuditWriter writer, ILoggerFactory logs) : BackgroundService where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = logs.CreateLogger("EzAudit");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await WritesToAnotherTrail().ConfigureAwait(false))
            throw new InvalidOperationException(
                $"AddOutbox: the records of {typeof(TContext).Name} go to a different audit trail from the one that AddOutbox was called on, so they would never be moved. "
                + "In UseEzAudit, set options.Writer to the writer of that trail (GetRequiredKeyedService<AuditWriter> after AddKeyedEzAudit), or call AddOutbox on the other trail.");
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Move().ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, writer.TimeProvider);
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
            // The host is stopping.
        }
    }

    private async Task<bool> WritesToAnotherTrail()
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            return context.GetService<IDbContextOptions>().FindExtension<AuditExtension>() is { } audited && audited.Capture.WriterOf(context) != writer;
        }
        catch (Exception)
        {
            // If the context cannot be created now, each round reports it.
            return false;
        }
    }

    // The table may not exist yet, or the database may be down. The rows can wait, and the host keeps running.
    private async Task Move()
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await OutboxMoving.Move(scope.ServiceProvider.GetRequiredService<TContext>(), writer, isAsync: true).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            OutboxHealth.Of(writer).NotMoved(typeof(TContext).Name, failure);
            OutboxLog.NotMoved(_log, typeof(TContext).Name, failure);
        }
    }
}
