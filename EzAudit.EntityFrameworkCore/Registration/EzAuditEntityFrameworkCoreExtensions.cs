using EzAudit;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to the audit trail of a host what contexts need.</summary>
public static class EzAuditEntityFrameworkCoreExtensions
{
    /// <summary>Moves the outbox in a context's database to the log: at the start, every few seconds, and at the end.</summary>
    /// <remarks>
    /// The context has to write to the same audit trail, else the host does not start. For a trail of <c>AddKeyedEzAudit</c>, <c>UseEzAudit</c> sets
    /// <see cref="AuditEntityOptions.Writer"/> to its writer. What cannot be moved shows in the writer's health.
    /// </remarks>
    /// <typeparam name="TContext">The context; taken from the host's services.</typeparam>
    public static EzAuditBuilder AddOutbox<TContext>(this EzAuditBuilder builder) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name is not { } name)
        {
            builder.Services.AddHostedService<OutboxService<TContext>>();
            return builder;
        }
        builder.Services.AddSingleton<IHostedService>(provider => new OutboxService<TContext>(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredKeyedService<AuditWriter>(name), provider.GetRequiredService<ILoggerFactory>()));
        return builder;
    }
}
