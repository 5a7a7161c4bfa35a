using System.Diagnostics.Metrics;
using EzAudit.Extensibility;
using EzAudit.Settings.Sources;
using EzAudit.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EzAudit;

/// <summary>Builds a writer from a root directory, the settings in it, and what code adds. Not thread-safe.</summary>
/// <param name="root">The directory that contains <c>settings/</c>; relative log paths are relative to it.</param>
public sealed class AuditWriterBuilder(string root)
{
    private readonly List<IAuditPlugin> _plugins = [];
    private readonly string _root = Path.GetFullPath(root);
    private IConfiguration? _configuration;

    /// <summary>The active siteaccess, or <see langword="null"/> for none; defaults to the environment variable <c>EZAUDIT_SITEACCESS</c>.</summary>
    public string? SiteAccess { get; set; } = AuditRoot.SiteAccess;

    /// <summary>The clock of records and rotation; defaults to the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The address of records that have none; defaults to the name of this machine.</summary>
    public string HostName { get; set; } = Environment.MachineName;

    /// <summary>Logs problems of the audit trail itself, category <c>EzAudit</c>. If <see langword="null"/>, each kind of problem is written to standard error once.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Creates the meter <c>EzAudit</c> of this writer; if <see langword="null"/>, the meter is created without a factory.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>
    /// Whether <c>audit-start</c> and <c>audit-stop</c> are recorded if the settings name a file for them; defaults to <see langword="true"/>. Turn it off in
    /// tools that write a record and exit: they are not a start of the application.
    /// </summary>
    public bool RecordsStartAndStop { get; set; } = true;

    /// <summary>The name of a keyed writer; <see langword="null"/> for the host's own.</summary>
    internal string? Name { get; init; }

    /// <summary>The length from which a segment of a ledger is full, for tests.</summary>
    internal long LedgerSegmentBytes { get; init; } = WriterOptions.DefaultSegmentBytes;

    /// <summary>Adds a plugin. One whose type was added before, or that audit.ini names as well, is skipped.</summary>
    public AuditWriterBuilder AddPlugin(IAuditPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugins.Add(plugin);
        return this;
    }

    /// <summary>Adds a plugin.</summary>
    public AuditWriterBuilder AddPlugin<T>() where T : IAuditPlugin, new() => AddPlugin(new T());

    /// <summary>Lets a configuration section override the settings files: <c>AuditSettings:LogDir</c> in it is <c>LogDir</c> of <c>[AuditSettings]</c>.</summary>
    /// <param name="section">The section, such as the host's <c>EzAudit</c>. Changes take effect like those of the files.</param>
    public AuditWriterBuilder AddConfiguration(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _configuration = section;
        return this;
    }

    /// <summary>Reads and checks the settings and builds the writer. A log file is opened when its first record is written.</summary>
    /// <exception cref="AuditSettingsException">The settings cannot be used; lists every problem with its file and line.</exception>
    public AuditWriter Build()
    {
        var source = new SettingsSource(_root, SiteAccess, _configuration is { } section ? () => section.AsEnumerable(makePathsRelative: true) : null);
        var diagnostics = new Diagnostics(LoggerFactory?.CreateLogger("EzAudit"));
        return new AuditWriter(new WriterOptions(source, TimeProvider, HostName, [.. _plugins], diagnostics)
        {
            Name = Name,
            MeterFactory = MeterFactory,
            RecordsStartAndStop = RecordsStartAndStop,
            LedgerSegmentBytes = LedgerSegmentBytes,
        });
    }
}
