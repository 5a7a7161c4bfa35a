namespace EzAudit.Storage;

/// <summary>The directory of the log files. Names are relative to it, separated by <c>/</c>, and never lead out of it.</summary>
internal interface ILogDirectory : IDisposable
{
    /// <summary>Its absolute path.</summary>
    string Path { get; }

    /// <summary>Opens a file for appending, creating the file and its directories if they are missing.</summary>
    IAppendFile OpenAppend(string name);

    /// <summary>Opens a file that serves only as a lock, creating it if it is missing.</summary>
    IFileLock OpenLock(string name);

    /// <summary>The file that a name currently refers to; <see langword="null"/> if there is none.</summary>
    FileIdentity? Identify(string name);

    /// <summary>Renames a file. Never overwrites: fails if the new name is taken.</summary>
    void Rename(string name, string newName);

    void Delete(string name);

    /// <summary>The names of the files in the same directory, in no particular order.</summary>
    IReadOnlyList<string> ListSiblings(string name);

    /// <summary>Syncs the directory of a file: files created, renamed or deleted there.</summary>
    void Sync(string name);

    /// <summary>Opens the directory again by its path, after it was moved or deleted.</summary>
    void Reopen();
}

/// <summary>A lock between open files, in this process and others. The operating system releases it when its holder dies.</summary>
internal interface IFileLock : IDisposable
{
    bool TryLock();

    void Unlock();
}
