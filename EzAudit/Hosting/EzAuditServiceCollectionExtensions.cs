using System.Diagnostics.Metrics;
using EzAudit;
using EzAudit.Extensibility;
using EzAudit.Hosting;
using EzAudit.Settings.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds EzAudit to a host.</summary>
public static class EzAuditServiceCollectionExtensions
{
    private static readonly Func<IServiceProvider, AuditWriter> BuildHosts = provider => Build(provider, null);

    /// <summary>
    /// Adds the host's <see cref="AuditWriter"/>. It is built when the host starts, which fails if the settings cannot be used. From then on it is
    /// <see cref="AuditTrail.Current"/>, and it is closed together with the host's services.
    /// </summary>
    /// <remarks>
    /// Several calls add up. A service that is created before the host starts, and writes records when it is disposed, must take the
    /// <see cref="AuditWriter"/> as a constructor parameter, so that the writer is closed after it.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options and adds plugins.</param>
    /// <exception cref="InvalidOperationException"><paramref name="configure"/> is given, but the application registered an <see cref="AuditWriter"/> itself.</exception>
    public static EzAuditBuilder AddEzAudit(this IServiceCollection services, Action<EzAuditOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            RefuseForeignWriter(services);
            services.Configure(configure);
        }
        services.AddOptions();
        services.TryAddSingleton(BuildHosts);
        AddWriter(services, new HostedWriter(null, null));
        return new EzAuditBuilder(services, null);
    }

    /// <summary>Adds the host's <see cref="AuditWriter"/> with a given root.</summary>
    /// <exception cref="InvalidOperationException">An earlier call gave another root, or the application registered an <see cref="AuditWriter"/> itself.</exception>
    /// <inheritdoc cref="AddEzAudit(IServiceCollection, Action{EzAuditOptions})"/>
    /// <param name="services">The host's services.</param>
    /// <param name="root">The directory that contains <c>settings/</c>.</param>
    /// <param name="configure">Sets options and adds plugins.</param>
    public static EzAuditBuilder AddEzAudit(this IServiceCollection services, string root, Action<EzAuditOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        RefuseForeignWriter(services);
        RefuseOtherRoot(services, root);
        AddWriter(services, new HostedWriter(null, root));
        return services.AddEzAudit(options =>
        {
            options.Root = root;
            configure?.Invoke(options);
        });
    }

    /// <summary>
    /// Adds a further <see cref="AuditWriter"/> beside the host's own, for records that are kept apart: another root, another retention. Request it
    /// with <c>[FromKeyedServices("NAME")]</c>. It is built when the host starts, which fails if its settings cannot be used, and closed together with
    /// the host's services. Within <see cref="AuditTrail.Use"/>, calls of <see cref="AuditTrail"/> go to it.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The key of the service; also the tag <c>writer</c> of its meter.</param>
    /// <param name="root">The directory that contains its <c>settings/</c>.</param>
    /// <param name="configure">Sets options and adds plugins.</param>
    /// <exception cref="InvalidOperationException">There is already a writer of this name.</exception>
    public static EzAuditBuilder AddKeyedEzAudit(this IServiceCollection services, string name, string root, Action<EzAuditOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (services.Any(service => service.ServiceType == typeof(AuditWriter) && name.Equals(service.ServiceKey)))
            throw new InvalidOperationException($"AddKeyedEzAudit: found \"{name}\" a second time, expected another name.");
        services.Configure<EzAuditOptions>(name, options =>
        {
            options.Root = root;
            configure?.Invoke(options);
        });
        services.AddKeyedSingleton(name, (provider, _) => Build(provider, name));
        AddWriter(services, new HostedWriter(name, root));
        return new EzAuditBuilder(services, name);
    }

    private static void RefuseForeignWriter(IServiceCollection services)
    {
        ServiceDescriptor? writer = services.LastOrDefault(service => service.ServiceType == typeof(AuditWriter) && !service.IsKeyedService);
        if (writer is not null && writer.ImplementationFactory != BuildHosts)
            throw new InvalidOperationException("AddEzAudit: found an AuditWriter that the application registered itself. Set it up with its AuditWriterBuilder, and call AddEzAudit() without arguments.");
    }

    private static void RefuseOtherRoot(IServiceCollection services, string root)
    {
        string? other = services.Where(service => service.ServiceType == typeof(HostedWriter)).Select(service => (HostedWriter)service.ImplementationInstance!)
            .FirstOrDefault(writer => writer is { Name: null, Root: not null })?.Root;
        if (other is not null && FullPath(root) != FullPath(other))
            throw new InvalidOperationException($"AddEzAudit: found root \"{root}\" after \"{other}\", expected one root. AddKeyedEzAudit adds a second audit trail.");
    }

    private static string FullPath(string root) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    private static void AddWriter(IServiceCollection services, HostedWriter writer)
    {
        services.AddSingleton(writer);
        // At the front: the service that is created first is started first, stopped last and closed last.
        if (services.Any(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(AuditHostedService))) return;
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, AuditHostedService>());
    }

    private static AuditWriter Build(IServiceProvider provider, string? name)
    {
        EzAuditOptions options = provider.GetRequiredService<IOptionsMonitor<EzAuditOptions>>().Get(name ?? Options.Options.DefaultName);
        var builder = new AuditWriterBuilder(options.Root ?? AuditRoot.Find(provider.GetService<IHostEnvironment>()?.ContentRootPath))
        {
            Name = name,
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            MeterFactory = provider.GetService<IMeterFactory>(),
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
        };
        if (name is null && provider.GetService<IConfiguration>() is { } configuration) builder.AddConfiguration(configuration.GetSection("EzAudit"));
        foreach (IAuditPlugin plugin in provider.GetKeyedServices<IAuditPlugin>(name)) builder.AddPlugin(plugin);
        options.ApplyTo(builder);
        return builder.Build();
    }
}
