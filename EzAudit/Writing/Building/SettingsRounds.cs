using EzAudit.Settings.Sources;
using EzAudit.Writing.Background;

namespace EzAudit.Writing.Building;

/// <summary>Looks at the settings files about three times a second, and has them read again where something changed.</summary>
/// <remarks>
/// The look is a piece of the writer's maintenance; what follows a change is an errand: it waits until the files are at rest, tries out disks
/// and closes log files. Where the root itself lies on a mount that hangs, the look hangs as well, and the maintenance with it.
/// </remarks>
internal sealed class SettingsRounds : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SettingsWatcher _watcher;
    private readonly Action<Exception> _failed;
    private readonly Errand _reading;
    private volatile string? _lastFailure;

    /// <param name="watcher">What looks and reads; becomes its own.</param>
    /// <param name="failed">Told what went wrong, once until it goes well again or wrong in another way; must not throw.</param>
    public SettingsRounds(SettingsWatcher watcher, Action<Exception> failed)
    {
        _watcher = watcher;
        _failed = failed;
        _reading = new Errand("EzAudit settings", ReadAgain);
    }

    /// <summary>Begins to look.</summary>
    public void StartOn(MaintenanceThread maintenance) => maintenance.Add(Look, Interval);

    /// <summary>Stops. When it returns no callback runs or will, unless a callback itself called it or one hangs for longer than a few seconds.</summary>
    public void Dispose()
    {
        _watcher.Dispose();
        _reading.Wait(Patience);
    }

    private TimeSpan Look()
    {
        if (_reading.IsOut) return Interval;
        try
        {
            // Without a thread to be had it is read here: an edit may be what remedies that.
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

    // Three reports a second of one trouble would bury it.
    private void Report(Exception failure)
    {
        string text = $"{failure.GetType()}: {failure.Message}";
        if (text != _lastFailure) _failed(failure);
        _lastFailure = text;
    }
}
