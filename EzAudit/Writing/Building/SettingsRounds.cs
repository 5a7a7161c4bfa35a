using EzAudit.Settings.Sources;
using EzAudit.Writing.Background;

namespace EzAudit.Writing.Building;

/// <summary>Checks the settings files about three times a second, and triggers a reload when something changed.</summary>
/// <remarks>
/// The check is part of the writer's maintenance; the reload runs as an errand: it waits until the files stop changing, tests disks
/// and closes log files. If the root itself is on a hanging mount, the check hangs as well, and with it the maintenance.
/// </remarks>
internal sealed class SettingsRounds : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SettingsWatcher _watcher;
    private readonly Action<Exception> _failed;
    private readonly Errand _reading;
    private volatile string? _lastFailure;

    /// <param name="watcher">Checks and reads the files; this class takes ownership.</param>
    /// <param name="failed">Called with each failure, but not again until the cause changes or disappears; must not throw.</param>
    public SettingsRounds(SettingsWatcher watcher, Action<Exception> failed)
    {
        _watcher = watcher;
        _failed = failed;
        _reading = new Errand("EzAudit settings", ReadAgain);
    }

    /// <summary>Starts checking.</summary>
    public void StartOn(MaintenanceThread maintenance) => maintenance.Add(Check, Interval);

    /// <summary>Stops. After it returns no callback runs, unless it was called from a callback or one hangs for more than a few seconds.</summary>
    public void Dispose()
    {
        _watcher.Dispose();
        _reading.Wait(Patience);
    }

    private TimeSpan Check()
    {
        if (_reading.IsRunning) return Interval;
        try
        {
            // If no thread can be started, the files are read here: the edit may be the cure.
            if (!_watcher.SeesChange()) _lastFailure = null;
            else if (!_reading.TryStart()) ReadAgain();
        }
        catch (Exception failure)
        {
            Report(failure);
        }
        return Interval;
    }

    private void ReadAgain()
    {
        try
        {
            _watcher.CheckNow();
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    // Three reports a second would bury everything else.
    private void Report(Exception failure)
    {
        string text = $"{failure.GetType()}: {failure.Message}";
        if (text != _lastFailure) _failed(failure);
        _lastFailure = text;
    }
}
