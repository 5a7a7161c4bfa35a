namespace EzAudit.Storage;

/// <summary>Hears what happens to a log file besides records. Called while the file is held up: returns at once, never throws.</summary>
internal interface ILogFileObserver
{
    /// <summary>A trouble that is no caller's: place, found, expected.</summary>
    void Report(string message);

    /// <summary>Somebody else has deleted the file or cut it: records that were stored are gone.</summary>
    void Tampered(string message);

    /// <summary>So many queued records could not be written, for which nobody waits.</summary>
    void Lost(int count, StorageException failure);

    /// <summary>A sync took so long.</summary>
    void Synced(TimeSpan duration);
}

/// <summary>What happened to a log file other than being written to.</summary>
internal enum LogFileChangeKind
{
    Rotated,
    Deleted,
    Compressed,
}

/// <summary>Something that happened to a log file, told after the fact.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="File">What it was called before, relative to the log directory.</param>
/// <param name="Other">What its content is called now; <see langword="null"/> when it is gone.</param>
internal sealed record LogFileChange(LogFileChangeKind Kind, string File, string? Other);
