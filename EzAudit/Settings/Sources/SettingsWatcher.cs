namespace EzAudit.Settings.Sources;

/// <summary>Detects that a settings file was edited, added or removed by checking every path where a file could be.</summary>
/// <remarks>
/// Polling works on every file system and with every editor; inotify supports neither network mounts nor the ConfigMaps of
/// Kubernetes, and its queue can overflow. Files are compared with what was read, not with their state when watching began,
/// so no edit goes unnoticed between the two.
/// </remarks>
internal sealed class SettingsWatcher : IDisposable
{
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
    private readonly ManualResetEventSlim _stop = new();
    private readonly Dictionary<string, (FileLook Look, int Reads)> _looks = new(StringComparer.Ordinal);
    private volatile SettingsDocument _document;
    private int _round;
    private bool _isChecking;

    /// <param name="document">The document in use.</param>
    /// <param name="changed">
    /// Reads the settings again and returns what it read; <see langword="null"/> if they changed again before they were applied. Never
    /// called concurrently.
    /// </param>
    public SettingsWatcher(SettingsDocument document, Func<SettingsDocument?> changed)
    {
        _document = document;
        _changed = changed;
    }

    /// <summary>
    /// Whether the files differ from what was read. Call it every few hundred milliseconds, from one thread at a time: a file that looks
    /// unchanged is read only now and then, in case the times of its file system are unreliable.
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

    /// <summary>Stops watching. Does not wait for a running callback; the event is left to the garbage collector because a thread may wait on it.</summary>
    public void Dispose() => _stop.Set();

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
