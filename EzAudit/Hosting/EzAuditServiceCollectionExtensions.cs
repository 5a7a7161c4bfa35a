using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using EzAudit;
using EzAudit.Extensibility;
using EzAudit.Hosting;
using EzAudit.Writing.Building;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds EzAudit to a host.</summary>
public static class EzAuditServiceCollectionExtensions
{
    private static readonly Func<IServiceProvider, AuditWriter> BuildHosts = BuildHostWriter;

    /// <summary>
    /// Adds the host's <see cref="AuditWriter"/>. It is built when the host starts, which fails if the settings cannot be used; from
    /// then on it is <see cref="AuditTrail.Current"/>, and it is closed with the host's services.
    /// </summary>
    /// <remarks>
    /// The root is <c>EZAUDIT_ROOT</c>, else the host's content root or the current directory if it has <c>settings/audit.ini</c>,
    /// else the application's own directory. A service that is made before the host starts, and writes when it is disposed, asks for the
    /// <see cref="AuditWriter"/> in its constructor: then the writer is closed after it. The section <c>EzAudit</c> of the host's configuration lies over the files.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Adds to the writer, or sets its siteaccess, clock and host name.</param>
    public static EzAuditBuilder AddEzAudit(this IServiceCollection services, Action<AuditWriterBuilder>? configure = null) =>
        services.AddEzAudit(root: null, configure);

    /// <summary>Adds the host's <see cref="AuditWriter"/> with a root of its own choice. Several calls add up; they may give one root.</summary>
    /// <exception cref="InvalidOperationException">Another root was given before, or the application registered an <see cref="AuditWriter"/> itself.</exception>
    /// <inheritdoc cref="AddEzAudit(IServiceCollection, Action{AuditWriterBuilder})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="root">The directory that holds <c>settings/</c>; <see langword="null"/> to look for it.</param>
    /// <param name="configure">Adds to the writer, or sets its siteaccess, clock and host name.</param>
    public static EzAuditBuilder AddEzAudit(this IServiceCollection services, string? root, Action<AuditWriterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        HostWriterSetup.Add(services, new HostWriterSetup(root, configure), BuildHosts);
        services.TryAddSingleton(BuildHosts);
        AddFirst<AuditHostedService>(services);
        return new EzAuditBuilder(services, null);
    }

    /// <summary>
    /// Adds one more <see cref="AuditWriter"/> next to the host's own, for records that are kept apart: another root, another retention. It is
    /// asked for with <c>[FromKeyedServices("NAME")]</c>, built when the host starts, which fails if its settings cannot be used, and closed with
    /// the host's services. Calls of <see cref="AuditTrail"/> go to it within <see cref="AuditTrail.Use"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The key of the service; also the tag <c>writer</c> of its meter.</param>
    /// <param name="root">The directory that holds its <c>settings/</c>. The host's configuration does not lie over them.</param>
    /// <param name="configure">Adds to the writer, or sets its siteaccess, clock and host name.</param>
    /// <exception cref="InvalidOperationException">There is one of this name.</exception>
    public static EzAuditBuilder AddKeyedEzAudit(this IServiceCollection services, string name, string root, Action<AuditWriterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (services.Any(service => service.ServiceType == typeof(AuditWriter) && name.Equals(service.ServiceKey)))
            throw new InvalidOperationException($"AddKeyedEzAudit: found \"{name}\" a second time, expected another name.");
        services.AddKeyedSingleton(name, (provider, _) => Build(provider, name, root, configure));
        services.AddSingleton(new KeyedWriterName(name));
        AddFirst<KeyedWritersHostedService>(services);
        return new EzAuditBuilder(services, name);
    }

    // In front of the others: what is made first is started first, stopped last and closed last.
    private static void AddFirst<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceCollection services) where T : class, IHostedService
    {
        if (services.Any(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(T))) return;
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, T>());
    }

    private static AuditWriter BuildHostWriter(IServiceProvider provider)
    {
        HostWriterSetup[] setups = [.. provider.GetServices<HostWriterSetup>()];
        return Build(provider, null, setups.FirstOrDefault(setup => setup.Root is not null)?.Root, builder =>
        {
            foreach (HostWriterSetup setup in setups) setup.Configure?.Invoke(builder);
        });
    }

    private static AuditWriter Build(IServiceProvider provider, string? name, string? root, Action<AuditWriterBuilder>? configure)
    {
        var builder = new AuditWriterBuilder(root ?? AuditRoot.Find(provider.GetService<IHostEnvironment>()?.ContentRootPath))
        {
            Name = name,
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            MeterFactory = provider.GetService<IMeterFactory>(),
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
        };
        if (name is null && provider.GetService<IConfiguration>() is { } configuration) builder.AddConfiguration(configuration.GetSection("EzAudit"));
        foreach (IAuditPlugin plugin in provider.GetKeyedServices<IAuditPlugin>(name)) builder.AddPlugin(plugin);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
