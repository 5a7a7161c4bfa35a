using System.Diagnostics.Metrics;
using EzAudit.Extensibility;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EzAudit;

/// <summary>The options of an audit trail that code sets; all others are in audit.ini.</summary>
/// <remarks>Read once, when the host starts. Several calls of <c>AddEzAudit</c> add up, and the last one to set a property wins.</remarks>
public sealed class EzAuditOptions
{
    private readonly List<IAuditPlugin> _plugins = [];

    /// <summary>
    /// The directory that contains <c>settings/</c>. If <see langword="null"/>, it is <c>EZAUDIT_ROOT</c>, else the host's content root or the current
    /// directory if it has <c>settings/audit.ini</c>, else the application's own directory.
    /// </summary>
    public string? Root { get; set; }

    /// <summary>The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>, if any.</summary>
    public string? SiteAccess { get; set; }

    /// <summary>The address of records that have none; if <see langword="null"/>, the name of this machine.</summary>
    public string? HostName { get; set; }

    /// <summary>The clock of records, rotation and sessions; if <see langword="null"/>, that of the host's services, else the system clock.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Logs problems of the audit trail itself, category <c>EzAudit</c>; if <see langword="null"/>, the host's logger factory.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Creates the meter <c>EzAudit</c>; if <see langword="null"/>, the host's meter factory.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <inheritdoc cref="AuditWriterBuilder.RecordsStartAndStop"/>
    public bool RecordsStartAndStop { get; set; } = true;

    /// <summary>
    /// A configuration section that overrides the settings files: <c>AuditSettings:LogDir</c> in it is <c>LogDir</c> of <c>[AuditSettings]</c>. If
    /// <see langword="null"/>, the section <c>EzAudit</c> of the host's configuration for the host's own writer, and none for a keyed one.
    /// </summary>
    public IConfiguration? Configuration { get; set; }

    /// <summary>Adds a plugin. One whose type was added before, or that audit.ini names as well, is skipped.</summary>
    /// <returns>The same options.</returns>
    public EzAuditOptions AddPlugin(IAuditPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugins.Add(plugin);
        return this;
    }

    /// <inheritdoc cref="AddPlugin(IAuditPlugin)"/>
    public EzAuditOptions AddPlugin<T>() where T : IAuditPlugin, new() => AddPlugin(new T());

    /// <summary>Sets what these options set on a builder, and leaves the rest as it is.</summary>
    internal void ApplyTo(AuditWriterBuilder builder)
    {
        builder.SiteAccess = SiteAccess ?? builder.SiteAccess;
        builder.HostName = HostName ?? builder.HostName;
        builder.TimeProvider = TimeProvider ?? builder.TimeProvider;
        builder.LoggerFactory = LoggerFactory ?? builder.LoggerFactory;
        builder.MeterFactory = MeterFactory ?? builder.MeterFactory;
        builder.RecordsStartAndStop = RecordsStartAndStop;
        if (Configuration is not null) builder.AddConfiguration(Configuration);
        foreach (IAuditPlugin plugin in _plugins) builder.AddPlugin(plugin);
    }
}
