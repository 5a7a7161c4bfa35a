using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one audit trail of a host. What is added through it belongs to that trail only.</summary>
public sealed class EzAuditBuilder
{
    internal EzAuditBuilder(IServiceCollection services, string? name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of a trail added by <c>AddKeyedEzAudit</c>, which is also the key of its services; <see langword="null"/> for the host's own.</summary>
    public string? Name { get; }

    /// <summary>Adds a plugin, which may ask for services in its constructor.</summary>
    public EzAuditBuilder AddPlugin<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IAuditPlugin
    {
        Services.AddKeyedSingleton<IAuditPlugin, T>(Name);
        return this;
    }

    /// <summary>Adds a plugin.</summary>
    public EzAuditBuilder AddPlugin(IAuditPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        Services.AddKeyedSingleton(Name, plugin);
        return this;
    }
}
