using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts plugins among the host's services, from where the writer takes them.</summary>
internal sealed class EzAuditBuilder(IServiceCollection services) : IEzAuditBuilder
{
    public IServiceCollection Services { get; } = services;

    public IEzAuditBuilder AddPlugin<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IAuditPlugin
    {
        Services.AddSingleton<IAuditPlugin, T>();
        return this;
    }

    public IEzAuditBuilder AddPlugin(IAuditPlugin plugin)
    {
        Services.AddSingleton(plugin);
        return this;
    }
}
