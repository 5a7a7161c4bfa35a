using EzAudit.Records;
using EzAudit.Settings.Sources;
using EzAudit.Writing.Background;

namespace EzAudit.Writing.Building;

/// <summary>The current settings, composed at startup and again after each edit. An invalid edit is reported and changes nothing.</summary>
internal sealed class LiveSettings : IDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly WriterOptions _options;
    private readonly Composer _composer;
    private readonly OwnRecords _own;
    private readonly SettingsRounds _rounds;
    private readonly Lock _gate = new();
    private bool _isClosed;
    private volatile RouteTable _table;
    private volatile IReadOnlyList<AuditSettingsProblem> _problems;

    /// <summary>Starts with a composition that has a table; without one the writer cannot start.</summary>
    public LiveSettings(WriterOptions options, Composer composer, OwnRecords own, CompositionResult first)
    {
        _options = options;
        _composer = composer;
        _own = own;
        _table = first.Table!;
        _problems = ProblemsOf(first);
        Digest = first.Document.Digest;
        Report(first);
        _rounds = new SettingsRounds(new SettingsWatcher(first.Document, Reload), failure => options.Diagnostics.Report("watch", $"The settings could not be read again: {failure.Message}"));
    }

    /// <summary>The current routes; replaced after an edit.</summary>
    public RouteTable Table => _table;

    /// <summary>The problems of the settings files, including those of an edit that was rejected.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems => _problems;

    /// <summary>Whether there are no settings at all: nothing is written, although nobody chose that.</summary>
    public bool IsMissing { get; private set; }

    public string Digest { get; private set; }

    public void Watch(MaintenanceThread maintenance) => _rounds.StartOn(maintenance);

    /// <summary>Stops watching; the table stays.</summary>
    public void Dispose()
    {
        _rounds.Dispose();
        // A reading that hangs in a disk may still return.
        lock (_gate) _isClosed = true;
    }

    private SettingsDocument? Reload()
    {
        CompositionResult result = _composer.Compose();
        if (SettingsWatcher.IsOutdated(result.Document))
        {
            result.Table?.Close();
            return null;
        }
        Report(result);
        _problems = ProblemsOf(result);
        if (result.Table is not null) Replace(result.Table, result.Document);
        return result.Document;
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
        before.Close();
        // Delays the next reading; otherwise readings in quick succession would each hold a set of open files.
        before.WaitUntilClosed(ClosePatience);
    }

    private IReadOnlyList<AuditSettingsProblem> ProblemsOf(CompositionResult result)
    {
        IsMissing = !result.Document.HasAuditSettings;
        return IsMissing ? [MissingSettings, .. result.Problems] : result.Problems;
    }

    private AuditSettingsProblem MissingSettings => new(
        _options.Source.Root,
        0,
        "no settings/audit.ini and no override of it, so audit is off",
        "one: publish the settings directory with the application, or set EZAUDIT_ROOT to the directory that has it")
    {
        IsWarning = true,
    };

    private void Report(CompositionResult result)
    {
        foreach (AuditSettingsProblem problem in result.Problems) _options.Diagnostics.Report(problem);
        if (!result.Document.HasAuditSettings) _options.Diagnostics.ReportOnce("no settings", MissingSettings.ToString());
    }
}
