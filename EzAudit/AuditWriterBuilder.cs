using System.Diagnostics.Metrics;
using EzAudit.Extensibility;
using EzAudit.Settings.Sources;
using EzAudit.Writing;
using EzAudit.Writing.Building;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EzAudit;

/// <summary>Builds a writer from a root directory, the settings in it, and what code adds. Not for several threads at once.</summary>
/// <param name="root">The directory that holds <c>settings/</c>; log files are relative to it.</param>
public sealed class AuditWriterBuilder(string root)
{
    private readonly List<IAuditPlugin> _plugins = [];
    private readonly string _root = Path.GetFullPath(root);
    private IConfiguration? _configuration;

    /// <summary>The active siteaccess; at first that of the environment variable <c>EZAUDIT_SITEACCESS</c>, <see langword="null"/> for none.</summary>
    public string? SiteAccess { get; set; } = AuditRoot.SiteAccess;

    /// <summary>Tells the time of records and of rotation; defaults to the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The address of records that have none; at first the name of this machine.</summary>
    public string HostName { get; set; } = Environment.MachineName;

    /// <summary>Where troubles of the audit trail itself are logged, category <c>EzAudit</c>; without one, standard error.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Makes the meter <c>EzAudit</c> with the figures of this writer; without one, it is made without a factory.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>
    /// Whether <c>audit-start</c> and <c>audit-stop</c> are recorded, if the settings name a file for them; at first yes. A tool that writes a
    /// record and ends is no start of an application.
    /// </summary>
    public bool RecordsStartAndStop { get; set; } = true;

    /// <summary>The name of a writer that is not the host's own.</summary>
    internal string? Name { get; init; }

    /// <summary>Adds a plugin. A second one of the same type, or one that audit.ini names as well, is left out.</summary>
    public AuditWriterBuilder AddPlugin(IAuditPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugins.Add(plugin);
        return this;
    }

    /// <summary>Adds a plugin.</summary>
    public AuditWriterBuilder AddPlugin<T>() where T : IAuditPlugin, new() => AddPlugin(new T());

    /// <summary>Lays a configuration section over the files: <c>AuditSettings:LogDir</c> in it is <c>LogDir</c> of <c>[AuditSettings]</c>.</summary>
    /// <param name="section">The host's section <c>EzAudit</c>; its changes are seen as those of the files are.</param>
    public AuditWriterBuilder AddConfiguration(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _configuration = section;
        return this;
    }

    /// <summary>Reads and checks the settings and builds the writer. Log files are opened by their first records.</summary>
    /// <exception cref="AuditSettingsException">The settings cannot be used; says everything that is wrong, each with its place.</exception>
    public AuditWriter Build()
    {
        var source = new SettingsSource(_root, SiteAccess, _configuration is { } section ? () => section.AsEnumerable(makePathsRelative: true) : null);
        var diagnostics = new Diagnostics(LoggerFactory?.CreateLogger("EzAudit"));
        return new AuditWriter(new WriterOptions(source, TimeProvider, HostName, [.. _plugins], diagnostics)
        {
            Name = Name,
            MeterFactory = MeterFactory,
            RecordsStartAndStop = RecordsStartAndStop,
        });
    }
}
