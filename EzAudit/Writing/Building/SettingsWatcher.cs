using EzAudit.Settings.Sources;
using EzAudit.Storage;
using EzAudit.Writing.Background;

namespace EzAudit.Writing.Building;

/// <summary>Checks about three times a second whether a settings file was edited, added or removed, and reads the settings again if so.</summary>
/// <remarks>
/// The check is part of the writer's maintenance; the reading runs as an errand: it waits until the files stop changing, tests disks
/// and closes log files. If the root itself is on a hanging mount, the check hangs as well, and with it the maintenance.
/// Every path where a file could be is checked.
/// Polling works on every file system and with every editor; inotify supports neither network mounts nor the ConfigMaps of
/// Kubernetes, and its queue can overflow. Files are compared with what was read, not with their state when watching began,
/// so no edit goes unnoticed between the two.
/// </remarks>
internal sealed class SettingsWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // An editor may truncate and rewrite a file, or write it in pieces: its content meanwhile is not intended, and could turn auditing off.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    // Most paths do not exist, and finding that out by opening costs an exception each. But only opening distinguishes a missing file from
    // one in an inaccessible directory, so that is done every few seconds.
    private const int RoundsBetweenOpenings = 10;

    // Two edits within one tick of the file system's clock look alike, and some clocks tick in seconds. So a look replaces reading a file
    // only after the file was read in this many rounds, for two seconds or more, without looking different. No clock is used: a file
    // server's may differ.
    private const int ReadsBeforeTrust = 8;

    private readonly Lock _lock = new();
    private readonly Func<SettingsDocument?> _changed;
    private readonly Action<Exception> _failed;
    private readonly Errand _reading;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Dictionary<string, (FileLook Look, int Reads)> _looks = new(StringComparer.Ordinal);
    private volatile SettingsDocument _document;
    private int _round;
    private bool _isChecking;
    private volatile string? _lastFailure;

    /// <param name="document">The document in use.</param>
    /// <param name="changed">
    /// Reads the settings again and returns what it read; <see langword="null"/> if they changed again before they were applied. Never
    /// called concurrently.
    /// </param>
    /// <param name="failed">Called with each failure, but not again until the cause changes or disappears; must not throw.</param>
    public SettingsWatcher(SettingsDocument document, Func<SettingsDocument?> changed, Action<Exception> failed)
    {
        _document = document;
        _changed = changed;
        _failed = failed;
        _reading = new Errand("EzAudit settings", ReadAgain);
    }

    /// <summary>Starts checking.</summary>
    public void StartOn(MaintenanceThread maintenance) => maintenance.Add(Check, Interval);

    private TimeSpan Check()
    {
        if (_reading.IsRunning) return Interval;
        try
        {
            // If no thread can be started, the files are read here: the edit may be the cure.
            if (!SeesChange()) _lastFailure = null;
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
            CheckNow();
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

    /// <summary>
    /// Whether the files differ from what was read. Not thread-safe. A file that looks unchanged is read only now and then, in case the
    /// times of its file system are unreliable.
    /// </summary>
    public bool SeesChange()
    {
        SettingsDocument document = _document;
        bool readsAll = ++_round % RoundsBetweenOpenings == 0;
        return document.Watched.Any(path => (readsAll || !LooksAsRead(document, path)) && IsChanged(document, path))
            || IsConfigurationChanged(document);
    }

    /// <summary>Checks now, and returns whether something had changed and was read again. A file that is still being edited waits for the next check.</summary>
    public bool CheckNow()
    {
        lock (_lock)
        {
            // The callback may call this method: the lock is reentrant.
            if (_isChecking || _stop.IsSet) return false;
            _isChecking = true;
            try
            {
                if (!IsOutdated(_document) || !AreAtRest() || _changed() is not { } document) return false;
                _document = document;
                return true;
            }
            finally
            {
                _isChecking = false;
            }
        }
    }

    /// <summary>Whether the files differ from what was read.</summary>
    public static bool IsOutdated(SettingsDocument document) =>
        document.Watched.Any(path => IsChanged(document, path)) || IsConfigurationChanged(document);

    /// <summary>Stops. After it returns no callback runs, unless it was called from a callback or one hangs for more than a few seconds.</summary>
    public void Dispose()
    {
        // Left to the garbage collector, because a thread may wait on it.
        _stop.Set();
        _reading.Wait(Patience);
    }

    private bool AreAtRest()
    {
        string before = Look();
        return !_stop.Wait(Rest) && Look() == before;
    }

    // Includes the time of the last write: a file that is rewritten repeatedly may have the same content at two moments but not between them.
    private string Look() => string.Join('\n', _document.Watched.Select(path => Look(Path.Combine(_document.Source.Root, path))))
        + ConfigurationLayer.Read(_document.Source.Configuration).Stamp;

    private string Look(string path) => $"{FileContent.Read(path, _document.Source).Stamp} {FileContent.LastWritten(path)}";

    // Taken before the read that it stands for: an edit between the two shows in the next look.
    private bool LooksAsRead(SettingsDocument document, string path)
    {
        string full = Path.Combine(document.Source.Root, path);
        if (document.Source.Look(full) is not { } look) return document.Stamps[path] == FileContent.MissingStamp && !Path.Exists(full);
        int reads = _looks.TryGetValue(path, out var before) && before.Look == look ? before.Reads : 0;
        _looks[path] = (look, Math.Min(reads + 1, ReadsBeforeTrust));
        return reads == ReadsBeforeTrust;
    }

    private static bool IsChanged(SettingsDocument document, string path) =>
        FileContent.Read(Path.Combine(document.Source.Root, path), document.Source).Stamp != document.Stamps[path];

    private static bool IsConfigurationChanged(SettingsDocument document) =>
        ConfigurationLayer.Read(document.Source.Configuration).Stamp != document.Stamps[ConfigurationLayer.Name];
}
