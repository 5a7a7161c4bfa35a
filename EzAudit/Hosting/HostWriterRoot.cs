using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Hosting;

/// <summary>A root that a call of <c>AddEzAudit</c> gave to the host's writer.</summary>
/// <param name="Root">The root, as given.</param>
internal sealed record HostWriterRoot(string Root)
{
    /// <summary>Remembers the root, so that another one is refused.</summary>
    /// <exception cref="InvalidOperationException">Another root was given before.</exception>
    public static void Add(IServiceCollection services, string root)
    {
        HostWriterRoot? other = services.Select(service => service.ImplementationInstance).OfType<HostWriterRoot>().FirstOrDefault();
        if (other is null) services.AddSingleton(new HostWriterRoot(root));
        else if (FullPath(root) != FullPath(other.Root))
            throw new InvalidOperationException($"AddEzAudit: found root \"{root}\" after \"{other.Root}\", expected one root. AddKeyedEzAudit adds a second audit trail.");
    }

    private static string FullPath(string root) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
}
