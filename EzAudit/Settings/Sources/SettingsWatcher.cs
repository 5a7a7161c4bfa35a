namespace EzAudit.Settings.Sources;

/// <summary>Notices that a settings file was edited, added or removed, by looking at every path a file could stand at.</summary>
/// <remarks>
/// Looking works on every file system and for every editor; inotify knows neither network mounts nor the ConfigMaps of
/// Kubernetes, and its queue can overflow. What is compared is what was read, not what stood there when watching began,
/// so no edit falls between the two.
/// </remarks>
internal sealed class SettingsWatcher : IDisposable
{
    // An editor may empty a file and write it anew, or write it in pieces: what it says meanwhile is nobody's wish, and may be that audit is off.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    // Most paths lead to nothing, and to find that out by opening costs an exception each. But only opening tells a missing file from
    // one behind a directory that may not be entered; so that is done every few seconds.
    private const int RoundsBetweenOpenings = 10;

    // Two edits within one tick of the file system's clock look alike, and some clocks tick in seconds. So a look stands for what a file says
    // only when the file has been read in so many rounds, two seconds and more, without looking different. No clock is asked: that of a file
    // server may be another.
    private const int ReadsBeforeTrust = 8;

    private readonly Lock _lock = new();
    private readonly Func<SettingsDocument?> _changed;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Dictionary<string, (FileLook Look, int Reads)> _looks = new(StringComparer.Ordinal);
    private volatile SettingsDocument _document;
    private int _round;
    private bool _isChecking;

    /// <param name="document">What is in force.</param>
    /// <param name="changed">
    /// Reads the settings again and returns what it read; <see langword="null"/>, when they had changed again before they were in force. Never
    /// called twice at a time.
    /// </param>
    public SettingsWatcher(SettingsDocument document, Func<SettingsDocument?> changed)
    {
        _document = document;
        _changed = changed;
    }

    /// <summary>
    /// Whether the files are no longer what was read. To be asked every few hundred milliseconds, by one thread at a time: a file that looks as it
    /// did is read only now and then, for file systems whose times are not to be trusted.
    /// </summary>
    public bool SeesChange()
    {
        SettingsDocument document = _document;
        bool readsAll = ++_round % RoundsBetweenOpenings == 0;
        return document.Watched.Any(path => (readsAll || !LooksAsRead(document, path)) && IsChanged(document, path))
            || IsConfigurationChanged(document);
    }

    /// <summary>Looks now, and returns whether something had changed and was read again. What is still being edited is left for the next time.</summary>
    public bool CheckNow()
    {
        lock (_lock)
        {
            // The callback itself may come here: the lock lets its own thread through.
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

    /// <summary>Whether the files no longer are what was read.</summary>
    public static bool IsOutdated(SettingsDocument document) =>
        document.Watched.Any(path => IsChanged(document, path)) || IsConfigurationChanged(document);

    /// <summary>Reads no more. Does not wait for a callback that runs; the event is left to the garbage collector, as it may be waited on.</summary>
    public void Dispose() => _stop.Set();

    private bool AreAtRest()
    {
        string before = Look();
        return !_stop.Wait(Rest) && Look() == before;
    }

    // With the time of the last write: a file that is written again and again may say the same at two moments, and something else between them.
    private string Look() => string.Join('\n', _document.Watched.Select(path => Look(Path.Combine(_document.Source.Root, path))))
        + ConfigurationLayer.Read(_document.Source.Configuration).Stamp;

    private string Look(string path) => $"{FileContent.Read(path, _document.Source).Stamp} {FileContent.LastWritten(path)}";

    // Taken before the reading that it stands for: an edit between the two shows in the next look.
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
