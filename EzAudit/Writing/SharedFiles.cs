using EzAudit.Settings.Model;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using NodaTime;

namespace EzAudit.Writing;

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

/// <summary>All that the settings say about one log file: two readings that agree in it can write to the same open file.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Label">What it is called in health and figures.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Framing">How that format lays records in it, as text.</param>
internal sealed record LogFileKey(string Path, string Label, string Format, string Framing)
{
    public required RotationSettings Rotation { get; init; }

    public required AccessRule Access { get; init; }

    public required DateTimeZone TimeZone { get; init; }
}

/// <summary>The right of one reading of the settings to a log file, until the last record by these settings is written.</summary>
internal sealed class RentedFile(SharedFiles files, LogFileKey key) : IDisposable
{
    private bool _isReturned;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, true)) return;
        files.Release(key);
    }
}

/// <summary>A log file that routes share: its format, and how it does.</summary>
internal sealed record OpenFile(string Directory, string Name, LogFile Log, string Format, TargetMonitor Monitor);
