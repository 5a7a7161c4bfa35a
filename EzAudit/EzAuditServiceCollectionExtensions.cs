using EzAudit;
using EzAudit.Extensibility;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds EzAudit to a host.</summary>
public static class EzAuditServiceCollectionExtensions
{
    /// <summary>
    /// Adds the host's <see cref="AuditWriter"/>. It is built when the host starts, which fails if the settings cannot be used; from
    /// then on it is <see cref="AuditTrail.Current"/>, and it is closed with the host's services.
    /// </summary>
    /// <remarks>
    /// The root is <c>EZAUDIT_ROOT</c>, else the host's content root or the current directory if it has <c>settings/audit.ini</c>,
    /// else the application's own directory. The section <c>EzAudit</c> of the host's configuration lies over the files.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Adds to the writer, or sets its siteaccess, clock and host name.</param>
    public static IEzAuditBuilder AddEzAudit(this IServiceCollection services, Action<AuditWriterBuilder>? configure = null) =>
        services.AddEzAudit(root: null, configure);

    /// <summary>Adds the host's <see cref="AuditWriter"/> with a root of its own choice.</summary>
    /// <inheritdoc cref="AddEzAudit(IServiceCollection, Action{AuditWriterBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="root">The directory that holds <c>settings/</c>; <see langword="null"/> to look for it.</param>
    /// <param name="configure">Adds to the writer, or sets its siteaccess, clock and host name.</param>
    public static IEzAuditBuilder AddEzAudit(this IServiceCollection services, string? root, Action<AuditWriterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => Build(provider, root, configure));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditHostedService>());
        return new EzAuditBuilder(services);
    }

    private static AuditWriter Build(IServiceProvider provider, string? root, Action<AuditWriterBuilder>? configure)
    {
        var builder = new AuditWriterBuilder(root ?? AuditRoot.Find(provider.GetService<IHostEnvironment>()?.ContentRootPath))
        {
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            Clock = provider.GetService<IClock>() ?? SystemClock.Instance,
        };
        if (provider.GetService<IConfiguration>() is { } configuration) builder.AddConfiguration(configuration.GetSection("EzAudit"));
        foreach (IAuditPlugin plugin in provider.GetServices<IAuditPlugin>()) builder.AddPlugin(plugin);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
