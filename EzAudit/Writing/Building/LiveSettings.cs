using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Sources;
using EzAudit.Writing.Background;

namespace EzAudit.Writing.Building;

/// <summary>The current settings, composed at startup and again after each edit. An invalid edit is reported and changes nothing.</summary>
internal sealed class LiveSettings : IDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly WriterOptions _options;
    private readonly WriterServices _services;
    private readonly OwnRecords _own;
    private readonly SettingsComposer _composer;
    private readonly SettingsWatcher _watcher;
    private readonly Lock _gate = new();
    private bool _isClosed;
    private volatile RouteTable _table;
    private volatile IReadOnlyList<AuditSettingsProblem> _problems;

    /// <param name="options">The options of the writer.</param>
    /// <param name="services">Its services.</param>
    /// <param name="own">Records changes of the settings.</param>
    /// <param name="refuse">Creates the exception that is thrown if the settings cannot be used, from their problems.</param>
    public LiveSettings(WriterOptions options, WriterServices services, OwnRecords own, Func<IReadOnlyList<AuditSettingsProblem>, Exception> refuse)
    {
        _options = options;
        _services = services;
        _own = own;
        _composer = new SettingsComposer(options.Source, options.Plugins, services.Registry);
        ComposedSettings first = _composer.Compose();
        _table = RouteBuilder.Build(options, services, first) ?? throw refuse(first.Problems.All);
        _problems = ProblemsOf(first);
        Digest = first.Document.Digest;
        Report(first);
        RecordInLedgers();
        _watcher = new SettingsWatcher(first.Document, Reload, failure => options.Diagnostics.Report("watch", $"The settings could not be read again: {failure.Message}"));
    }

    /// <summary>The current routes; replaced after an edit.</summary>
    public RouteTable Table => _table;

    /// <summary>The problems of the settings files, including those of an edit that was rejected.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems => _problems;

    /// <summary>Whether there are no settings at all: nothing is written, although no file says so.</summary>
    public bool IsMissing { get; private set; }

    public string Digest { get; private set; }

    public void Watch(MaintenanceThread maintenance) => _watcher.StartOn(maintenance);

    /// <summary>Stops watching; the table stays.</summary>
    public void Dispose()
    {
        _watcher.Dispose();
        // A reload that hangs on a disk may still return.
        lock (_gate) _isClosed = true;
    }

    private SettingsDocument? Reload()
    {
        ComposedSettings composed = _composer.Compose();
        RouteTable? table = RouteBuilder.Build(_options, _services, composed);
        if (SettingsWatcher.IsOutdated(composed.Document))
        {
            table?.Close();
            return null;
        }
        Report(composed);
        _problems = ProblemsOf(composed);
        if (table is not null) Replace(table, composed.Document);
        return composed.Document;
    }

    private void Replace(RouteTable table, SettingsDocument document)
    {
        RouteTable before = _table;
        _own.Changed(before, table, Digest, document);
        Digest = document.Digest;
        lock (_gate)
        {
            if (_isClosed) before = table;
            else _table = table;
        }
        RecordInLedgers();
        before.Close();
        // Delays the next reload; otherwise reloads in quick succession would each keep a set of files open.
        before.WaitUntilClosed(ClosePatience);
    }

    private void RecordInLedgers()
    {
        foreach (OpenSealer open in _services.Sealers.Open) open.Sealer.SettingsApplied(Digest);
    }

    private IReadOnlyList<AuditSettingsProblem> ProblemsOf(ComposedSettings composed)
    {
        IsMissing = !composed.Document.HasAuditSettings;
        return IsMissing ? [MissingSettings, .. composed.Problems.All] : composed.Problems.All;
    }

    private AuditSettingsProblem MissingSettings => new SettingsPlace(_options.Source.Root).Warning(
        "no settings/audit.ini and no override of it, so audit is off",
        "one: publish the settings directory with the application, or set EZAUDIT_ROOT to the directory that has it");

    private void Report(ComposedSettings composed)
    {
        foreach (AuditSettingsProblem problem in composed.Problems.All) _options.Diagnostics.Report(problem);
        if (!composed.Document.HasAuditSettings) _options.Diagnostics.ReportOnce("no settings", MissingSettings.ToString());
    }
}
