using EzAudit.Extensibility;

namespace EzAudit.Benchmarks.Remote;

/// <summary>A target with a spool.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Plugin">The plugin with its type.</param>
/// <param name="Lines">The lines of its section.</param>
internal sealed record RemoteTarget(string Name, IAuditPlugin Plugin, params string[] Lines);
