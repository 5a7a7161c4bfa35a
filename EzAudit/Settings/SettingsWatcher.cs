namespace EzAudit.Settings;

/// <summary>Notices that a settings file was edited, added or removed, by looking at every path a file could stand at.</summary>
/// <remarks>
/// Looking works on every file system and for every editor; inotify knows neither network mounts nor the ConfigMaps of
/// Kubernetes, and its queue can overflow. What is compared is what was read, not what stood there when watching began,
/// so no edit falls between the two.
/// </remarks>
internal sealed class SettingsWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    // An editor may empty a file and write it anew, or write it in pieces: what it says meanwhile is nobody's wish, and may be that audit is off.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    // Most paths lead to nothing, and to find that out by opening costs an exception each. But only opening tells a missing file from
    // one behind a directory that may not be entered; so that is done every few seconds.
    private const int RoundsBetweenOpenings = 10;

    private readonly Lock _lock = new();
    private readonly Func<SettingsDocument?> _changed;
    private readonly Action<Exception> _failed;
    private readonly ManualResetEventSlim _stop = new();
    private SettingsDocument _document;
    private Thread? _thread;
    private string? _lastFailure;
    private bool _isChecking;

    /// <param name="document">What is in force.</param>
    /// <param name="changed">
    /// Reads the settings again and returns what it read; <see langword="null"/>, when they had changed again before they were in force. Never
    /// called twice at a time.
    /// </param>
    /// <param name="failed">Told what went wrong, once until it goes well again or wrong in another way; must not throw.</param>
    public SettingsWatcher(SettingsDocument document, Func<SettingsDocument?> changed, Action<Exception> failed)
    {
        _document = document;
        _changed = changed;
        _failed = failed;
    }

    /// <summary>Begins to look, about three times a second, on a thread of its own.</summary>
    public void Start()
    {
        // A thread, no timer: a pool that is starved by blocked requests would keep audit from being switched on.
        _thread = new Thread(Watch) { IsBackground = true, Name = "EzAudit settings" };
        _thread.Start();
    }

    /// <summary>Looks now; returns whether something had changed and was read again. What is still being edited is left for the next time.</summary>
    public bool CheckNow() => Check(opensAll: true);

    /// <summary>Whether the files no longer are what was read.</summary>
    public static bool IsOutdated(SettingsDocument document) => HasChanged(document, opensAll: true);

    private bool Check(bool opensAll)
    {
        lock (_lock)
        {
            // The callback itself may come here: the lock lets its own thread through.
            if (_isChecking) return false;
            _isChecking = true;
            try
            {
                if (!HasChanged(_document, opensAll) || !AreAtRest() || _changed() is not { } document) return false;
                _document = document;
                return true;
            }
            finally
            {
                _isChecking = false;
            }
        }
    }

    /// <summary>Stops; when it returns no callback runs or will, unless a callback itself called it.</summary>
    public void Dispose()
    {
        _stop.Set();
        // _stop is left to the garbage collector: a callback that disposes the watcher returns to a thread that still waits on it.
        if (_thread is not null && _thread != Thread.CurrentThread) _thread.Join();
    }

    private bool AreAtRest()
    {
        string before = Look();
        return !_stop.Wait(Rest) && Look() == before;
    }

    // With the time of the last write: a file that is written again and again may say the same at two moments, and something else between them.
    private string Look() => string.Join('\n', _document.Watched.Select(path => Look(Path.Combine(_document.Source.Root, path))))
        + ConfigurationLayer.Read(_document.Source.Configuration).Stamp;

    private string Look(string path) => $"{FileContent.Read(path, _document.Source).Stamp} {FileContent.LastWritten(path)}";

    private static bool HasChanged(SettingsDocument document, bool opensAll)
    {
        foreach (string path in document.Watched)
        {
            string full = Path.Combine(document.Source.Root, path);
            string stamp = document.Stamps[path];
            if (!opensAll && stamp == FileContent.MissingStamp && !Path.Exists(full)) continue;
            if (FileContent.Read(full, document.Source).Stamp != stamp) return true;
        }
        return ConfigurationLayer.Read(document.Source.Configuration).Stamp != document.Stamps[ConfigurationLayer.Name];
    }

    private void Watch()
    {
        for (int round = 1; !_stop.Wait(Interval); round++)
        {
            try
            {
                Check(opensAll: round % RoundsBetweenOpenings == 0);
                _lastFailure = null;
            }
            catch (Exception exception)
            {
                // Three reports a second of one trouble would bury it.
                string failure = $"{exception.GetType()}: {exception.Message}";
                if (failure != _lastFailure) _failed(exception);
                _lastFailure = failure;
            }
        }
    }
}
