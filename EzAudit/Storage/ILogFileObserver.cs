namespace EzAudit.Storage;

/// <summary>Is notified of everything that happens to a log file, except for records. Called while the file is locked: must return at once and never throw.</summary>
internal interface ILogFileObserver
{
    /// <summary>A problem that affects no particular caller.</summary>
    void Report(string message);

    /// <summary>Another program deleted or truncated the file: stored records are gone.</summary>
    void Tampered(string message);

    /// <summary>Queued records, for which no caller waits, could not be written.</summary>
    void Lost(int count, StorageException failure);

    /// <summary>A sync completed.</summary>
    void Synced(TimeSpan duration);
}

/// <summary>The kinds of changes to a log file other than appending.</summary>
internal enum LogFileChangeKind
{
    Rotated,
    Deleted,
    Compressed,
}

/// <summary>A change to a log file, reported afterwards.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="File">The previous name, relative to the log directory.</param>
/// <param name="Other">The new name of the content; <see langword="null"/> when it is deleted.</param>
internal sealed record LogFileChange(LogFileChangeKind Kind, string File, string? Other);
