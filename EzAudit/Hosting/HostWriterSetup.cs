using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Hosting;

/// <summary>What one call of <c>AddEzAudit</c> says of the host's writer. Calls add up.</summary>
/// <param name="Root">The root, as given; <see langword="null"/> for none.</param>
/// <param name="Configure">Adds to the writer.</param>
internal sealed record HostWriterSetup(string? Root, Action<AuditWriterBuilder>? Configure)
{
    /// <summary>Adds one more.</summary>
    /// <exception cref="InvalidOperationException">Another root was given before, or the host has a writer of its own, which takes no setup.</exception>
    public static void Add(IServiceCollection services, HostWriterSetup setup, Func<IServiceProvider, AuditWriter> build)
    {
        ServiceDescriptor? writer = services.LastOrDefault(service => service.ServiceType == typeof(AuditWriter) && !service.IsKeyedService);
        bool saysSomething = setup.Root is not null || setup.Configure is not null;
        if (saysSomething && writer is not null && writer.ImplementationFactory != build)
            throw new InvalidOperationException("AddEzAudit: found an AuditWriter that the application registered itself. Set it up with its AuditWriterBuilder, and call AddEzAudit() without arguments.");
        HostWriterSetup? other = services.Select(service => service.ImplementationInstance).OfType<HostWriterSetup>().FirstOrDefault(other => other.Root is not null);
        if (setup.Root is not null && other is not null && FullPath(setup.Root) != FullPath(other.Root!))
            throw new InvalidOperationException($"AddEzAudit: found root \"{setup.Root}\" after \"{other.Root}\", expected one root. AddKeyedEzAudit adds a second audit trail.");
        services.AddSingleton(setup);
    }

    private static string FullPath(string root) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
}
