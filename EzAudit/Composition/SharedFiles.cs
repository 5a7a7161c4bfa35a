namespace EzAudit.Composition;

/// <summary>
/// The open log files of a writer. A reading of the settings that says the same about a file as the one before goes on writing to the same one:
/// otherwise each reload would hold the descriptors of every file once more until its last caller has left.
/// </summary>
internal sealed class SharedFiles
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LogFileKey, Shared> _files = [];

    /// <summary>The file, opened if it is not; each call is answered by one <see cref="Release"/>.</summary>
    public OpenFile Rent(LogFileKey key, Func<OpenFile> open)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(key, out Shared? shared)) _files.Add(key, shared = new Shared(open()));
            shared.Users++;
            return shared.File;
        }
    }

    /// <summary>Closes the file behind the last who uses it.</summary>
    public void Release(LogFileKey key)
    {
        Shared shared;
        lock (_gate)
        {
            shared = _files[key];
            if (--shared.Users > 0) return;
            _files.Remove(key);
        }
        // Outside the lock: it waits for the disk.
        shared.File.Log.Dispose();
    }

    private sealed class Shared(OpenFile file)
    {
        public OpenFile File => file;

        public int Users { get; set; }
    }
}
