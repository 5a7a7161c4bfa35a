using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>Finds the writer of a context: its host's, or otherwise the current one.</summary>
internal static class Writers
{
    public static AuditWriter Of(DbContext context)
    {
        IServiceProvider? host = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        return host?.GetService<AuditWriter>() ?? AuditTrail.Current;
    }
}
