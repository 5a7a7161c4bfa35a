using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts plugins among the host's services, from where the writer takes them.</summary>
/// <param name="services">The host's services.</param>
/// <param name="name">The name of the writer; <see langword="null"/> for the host's own.</param>
internal sealed class EzAuditBuilder(IServiceCollection services, string? name) : IEzAuditBuilder
{
    public IServiceCollection Services { get; } = services;

    public string? Name { get; } = name;

    public IEzAuditBuilder AddPlugin<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IAuditPlugin
    {
        Services.AddKeyedSingleton<IAuditPlugin, T>(Name);
        return this;
    }

    public IEzAuditBuilder AddPlugin(IAuditPlugin plugin)
    {
        Services.AddKeyedSingleton(Name, plugin);
        return this;
    }
}
