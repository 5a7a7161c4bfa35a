using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to the audit trail of a host.</summary>
public interface IEzAuditBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of a writer added by <c>AddKeyedEzAudit</c>; <see langword="null"/> for the host's own.</summary>
    string? Name { get; }

    /// <summary>Adds a plugin, which may ask for services in its constructor.</summary>
    IEzAuditBuilder AddPlugin<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IAuditPlugin;

    /// <summary>Adds a plugin.</summary>
    IEzAuditBuilder AddPlugin(IAuditPlugin plugin);
}
