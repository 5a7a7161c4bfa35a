using EzAudit.EntityFrameworkCore.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to the audit trail of a host what contexts need.</summary>
public static class EzAuditEntityFrameworkCoreExtensions
{
    /// <summary>Moves the outbox in a context's database to the log: at the start, every few seconds, and at the end.</summary>
    /// <typeparam name="TContext">The context; taken from the host's services.</typeparam>
    public static IEzAuditBuilder AddOutbox<TContext>(this IEzAuditBuilder builder) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHostedService<OutboxService<TContext>>();
        return builder;
    }
}
