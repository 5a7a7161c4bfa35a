using NodaTime;

namespace EzAudit.Storage;

/// <summary>The directory of the log files. Names are relative to it, separated by <c>/</c>, and never lead out of it.</summary>
internal interface ILogDirectory : IDisposable
{
    /// <summary>Its absolute path.</summary>
    string Path { get; }

    /// <summary>Opens a file for appending, creating the file and its directories if they are missing.</summary>
    IAppendFile OpenAppend(string name);

    /// <summary>Opens a file for reading; <see langword="null"/> if there is none. Creates nothing, not even the directory.</summary>
    IReadFile? OpenRead(string name);

    /// <summary>Opens a file that serves only as a lock, creating it if it is missing.</summary>
    IFileLock OpenLock(string name);

    /// <summary>The file that a name currently refers to; <see langword="null"/> if there is none.</summary>
    FileIdentity? Identify(string name);

    /// <summary>Renames a file. Never overwrites: fails if the new name is taken.</summary>
    void Rename(string name, string newName);

    void Delete(string name);

    /// <summary>Overwrites bytes of an existing file in place, and syncs them. Not for log files that still grow.</summary>
    /// <exception cref="StorageException">The bytes are not within the file, or a step failed; any part of them may be overwritten.</exception>
    void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Overwrites several places of an existing file, and syncs them together.</summary>
    /// <inheritdoc cref="Overwrite(string, long, ReadOnlySpan{byte})"/>
    void Overwrite(string name, IReadOnlyList<FilePatch> patches)
    {
        foreach (FilePatch patch in patches) Overwrite(name, patch.Offset, patch.Bytes.Span);
    }

    /// <summary>Renames a file and takes the place of the one that has the new name, in one step.</summary>
    /// <exception cref="IOException">The file could not be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    void Replace(string name, string newName) =>
        File.Move(System.IO.Path.Combine(Path, name), System.IO.Path.Combine(Path, newName), overwrite: true);

    /// <summary>The names of the files in the same directory, in no particular order.</summary>
    IReadOnlyList<string> ListSiblings(string name);

    /// <summary>Syncs the directory of a file: files created, renamed or deleted there.</summary>
    void Sync(string name);

    /// <summary>Opens the directory again by its path, after it was moved or deleted.</summary>
    void Reopen();
}

/// <summary>An open file. Not thread-safe.</summary>
internal interface IReadFile : IDisposable
{
    FileIdentity Identify();

    /// <summary>Fills the buffer from an offset; returns the number of bytes read.</summary>
    int Read(Span<byte> buffer, long offset);
}

/// <summary>An open log file. It can only grow; it never seeks, truncates or overwrites. Not thread-safe, except for <see cref="Sync"/>.</summary>
internal interface IAppendFile : IReadFile
{
    /// <summary>Called whenever the writer has taken the lease, before it appends, with the length that the file has then.</summary>
    void BeginTerm(long length)
    {
    }

    /// <summary>Hands bytes to the operating system in one call, at the current end of the file.</summary>
    /// <returns>The number of bytes written; fewer than given means that the file now ends with a torn piece.</returns>
    int Append(ReadOnlySpan<byte> bytes);

    /// <summary>As <see cref="IReadFile.Identify"/>, but without any times. Reading those makes the next write store another one, which costs as much as the write.</summary>
    FileIdentity Measure() => Identify();

    /// <summary>Has the system begin to write to the disk what was appended, where that is possible; <see cref="Sync"/> must follow.</summary>
    /// <exception cref="StorageException">The bytes cannot be written; treat it as a failed sync.</exception>
    void BeginSync()
    {
    }

    /// <summary>Syncs everything appended before the call. After a failure the file must not be synced again: the kernel has
    /// dropped the pages that it could not write and would report success.</summary>
    void Sync();
}

/// <summary>A log file for which a ledger vouches.</summary>
internal interface ILedgerFile
{
    /// <summary>Where the next byte will be appended; for the file's one writer, in its term.</summary>
    FilePlace Next { get; }
}

/// <summary>A place in a log file, as the ledger names it.</summary>
/// <param name="File">The number of the file; 0 if it has none.</param>
/// <param name="Offset">The offset in the file.</param>
internal readonly record struct FilePlace(long File, long Offset)
{
    /// <summary>The place some bytes after this one.</summary>
    public FilePlace After(int bytes) => File == 0 ? default : this with { Offset = Offset + bytes };
}

/// <summary>Identifies a file whatever its name is, with its length, type, and time of last write.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, bool IsRegular, Instant Modified = default)
{
    /// <summary>The number of hard links; 0 once the file is deleted.</summary>
    public uint Links { get; init; } = 1;

    /// <summary>When the file was created, in nanoseconds since 1970; 0 if the system does not say, or never uses an inode again.</summary>
    public long Created { get; init; }

    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;
}

/// <summary>A lock between open files, in this process and others. The operating system releases it when its holder dies.</summary>
internal interface IFileLock : IDisposable
{
    bool TryLock();

    void Unlock();
}
