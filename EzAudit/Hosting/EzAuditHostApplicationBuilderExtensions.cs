using EzAudit;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds EzAudit to the builder of a host.</summary>
public static class EzAuditHostApplicationBuilderExtensions
{
    /// <summary>Adds the host's <see cref="AuditWriter"/>; the same as <c>builder.Services.AddEzAudit(configure)</c>.</summary>
    /// <inheritdoc cref="EzAuditServiceCollectionExtensions.AddEzAudit(IServiceCollection, Action{EzAuditOptions})"/>
    /// <param name="builder">The builder of the host, such as a <c>WebApplicationBuilder</c>.</param>
    /// <param name="configure">Sets options and adds plugins.</param>
    public static EzAuditBuilder AddEzAudit(this IHostApplicationBuilder builder, Action<EzAuditOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddEzAudit(configure);
    }
}
