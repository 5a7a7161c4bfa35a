namespace EzAudit.Storage;

/// <summary>The directory that holds the log files. Names are relative to it, separated by <c>/</c>, and never lead out of it.</summary>
internal interface ILogDirectory : IDisposable
{
    /// <summary>Its absolute path.</summary>
    string Path { get; }

    /// <summary>Opens a file for appending, making it and the directories above it where they are missing.</summary>
    IAppendFile OpenAppend(string name);

    /// <summary>Opens a file whose only purpose is to be locked, making it where it is missing.</summary>
    IFileLock OpenLock(string name);

    /// <summary>What the path of a name leads to now; <see langword="null"/> when there is nothing.</summary>
    FileIdentity? Identify(string name);

    /// <summary>Renames a file. Never overwrites: fails when the new name is taken.</summary>
    void Rename(string name, string newName);

    void Delete(string name);

    /// <summary>The names of the files beside a file, in no order.</summary>
    IReadOnlyList<string> ListSiblings(string name);

    /// <summary>Puts the directory of a file on disk: what was made, renamed or deleted there.</summary>
    void Sync(string name);

    /// <summary>Looks for the directory anew, by its path: after it was moved or taken away.</summary>
    void Reopen();
}

/// <summary>A lock between open files, in this process and others. The operating system frees it when its holder dies.</summary>
internal interface IFileLock : IDisposable
{
    bool TryLock();

    void Unlock();
}
