using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EzAudit.Collector.Hosting;

/// <summary>Adds a collector to an application.</summary>
public static class CollectorServiceCollectionExtensions
{
    /// <summary>Runs a collector as long as the host. Its <see cref="AuditCollector"/> is a service: ask it for <see cref="AuditCollector.CheckAsync"/> in a health check.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="options">What to read and where to bring it.</param>
    public static IServiceCollection AddEzAuditCollector(this IServiceCollection services, AuditCollectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new AuditCollector(
            options, provider.GetService<ILogger<AuditCollector>>(), provider.GetService<IMeterFactory>(), provider.GetService<TimeProvider>()));
        return services.AddHostedService<CollectorService>();
    }
}
