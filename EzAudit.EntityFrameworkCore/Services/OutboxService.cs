using EzAudit.EntityFrameworkCore.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Moves what an outbox holds when the host starts, every few seconds, and when it stops.</summary>
internal sealed class OutboxService<TContext>(IServiceScopeFactory scopes, AuditWriter writer, ILoggerFactory logs) : BackgroundService where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = logs.CreateLogger("EzAudit");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await GoesElsewhere().ConfigureAwait(false))
            throw new InvalidOperationException(
                $"AddOutbox: the records of {typeof(TContext).Name} go to another audit trail than the one that AddOutbox was called on, which would never move them. "
                + "Let UseEzAudit set options.Writer to the writer of that trail (GetRequiredKeyedService<AuditWriter> for one of AddKeyedEzAudit), or call AddOutbox on the other trail.");
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

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

    private async Task<bool> GoesElsewhere()
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            return context.GetService<IDbContextOptions>().FindExtension<AuditExtension>() is { } audited && audited.Capture.WriterOf(context) != writer;
        }
        catch (Exception)
        {
            // A context that cannot be made now is reported by each round.
            return false;
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
            OutboxHealth.Of(writer).NotMoved(typeof(TContext).Name, failure);
            OutboxLog.NotMoved(_log, typeof(TContext).Name, failure);
        }
    }
}
