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
    /// Records the context's committed changes as <c>record-insert</c>, <c>record-update</c> and <c>record-delete</c>, and reads of entities
    /// marked for it as <c>record-select</c>. audit.ini sets which of them are written. Call it after <c>UseSqlite</c> or another provider's
    /// method.
    /// </summary>
    /// <remarks>
    /// If a record cannot be written after the commit, <see cref="AuditAfterCommitException"/> is thrown, unless the settings say
    /// <c>OnFailure=continue</c> or <see cref="AuditEntityOptions.Outbox"/> is set. Values are recorded as the database stores them. A save that
    /// fails, because of a concurrency conflict or otherwise, changes nothing and is not recorded. A transaction begun in ADO.NET must be committed
    /// through the context that uses it; other commits go unnoticed.
    /// </remarks>
    /// <param name="builder">The options.</param>
    /// <param name="configure">Sets what is recorded, and how.</param>
    public static DbContextOptionsBuilder UseEzAudit(this DbContextOptionsBuilder builder, Action<AuditEntityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Options.FindExtension<AuditExtension>() is not null)
            throw new InvalidOperationException("UseEzAudit was called twice for one context, so every change would be recorded twice. Call it once.");
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
