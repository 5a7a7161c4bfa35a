using EzAudit;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what contexts need to the audit trail of a host.</summary>
public static class EzAuditEntityFrameworkCoreExtensions
{
    /// <summary>Moves the outbox of a context's database to the log: at startup, every few seconds, and at shutdown.</summary>
    /// <remarks>
    /// The context must write to the same audit trail, otherwise the host does not start. For a trail added with <c>AddKeyedEzAudit</c>, set
    /// <see cref="AuditEntityOptions.Writer"/> to its writer in <c>UseEzAudit</c>. Rows that cannot be moved show in the writer's health.
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
