using EzAudit.EntityFrameworkCore;
using EzAudit.EntityFrameworkCore.Commands;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Saving;
using EzAudit.EntityFrameworkCore.Services;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds EzAudit to a context.</summary>
public static class EzAuditDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Records what the context changes, as <c>record-insert</c>, <c>record-update</c> and <c>record-delete</c>, when it is committed, and what it
    /// reads of entities marked for that, as <c>record-select</c>. audit.ini decides which of them are written. To be called behind <c>UseSqlite</c>
    /// and its like.
    /// </summary>
    /// <remarks>
    /// A record whose writing fails after the commit throws <see cref="AuditAfterCommitException"/>, unless the settings say
    /// <c>OnFailure=continue</c> or <see cref="AuditEntityOptions.Outbox"/> is set. Values are recorded as the database has them. A save that fails,
    /// for the sake of concurrency or otherwise, changed nothing and is not recorded. A transaction of ADO.NET's own has to be committed by the context
    /// that uses it: other commits are not seen.
    /// </remarks>
    /// <param name="builder">The options.</param>
    /// <param name="configure">Says what is recorded, and how.</param>
    public static DbContextOptionsBuilder UseEzAudit(this DbContextOptionsBuilder builder, Action<AuditEntityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Options.FindExtension<AuditExtension>() is not null)
            throw new InvalidOperationException("UseEzAudit: found it called twice for a context, expected once: every change would be recorded twice.");
        var options = new AuditEntityOptions();
        configure?.Invoke(options);
        var capture = new Capture(options);
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new AuditExtension(capture));
        return builder.AddInterceptors(ReadInterceptor.Instance);
    }

    /// <inheritdoc cref="UseEzAudit(DbContextOptionsBuilder, Action{AuditEntityOptions})"/>
    public static DbContextOptionsBuilder<TContext> UseEzAudit<TContext>(
        this DbContextOptionsBuilder<TContext> builder, Action<AuditEntityOptions>? configure = null)
        where TContext : DbContext
    {
        UseEzAudit((DbContextOptionsBuilder)builder, configure);
        return builder;
    }
}
