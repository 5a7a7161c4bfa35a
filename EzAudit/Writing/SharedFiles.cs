using EzAudit.Settings.Model;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>
/// The open log files of a writer. If a reload leaves everything about a file unchanged, the new table continues with the same open file:
/// otherwise each reload would hold a second descriptor for every file until its last caller has left.
/// </summary>
internal sealed class SharedFiles
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LogFileKey, (OpenFile File, int Users)> _files = [];

    /// <summary>Returns the file, opening it if necessary; each call must be matched by a <see cref="Release"/>.</summary>
    public OpenFile Rent(LogFileKey key, Func<OpenFile> open)
    {
        lock (_gate)
        {
            var (file, users) = _files.TryGetValue(key, out var shared) ? shared : (open(), 0);
            _files[key] = (file, users + 1);
            return file;
        }
    }

    /// <summary>Closes the file after its last user.</summary>
    public void Release(LogFileKey key)
    {
        OpenFile file;
        lock (_gate)
        {
            (file, int users) = _files[key];
            if (users > 1)
            {
                _files[key] = (file, users - 1);
                return;
            }
            _files.Remove(key);
        }
        // Outside the lock, because it waits for the disk.
        file.Log.Dispose();
    }
}

/// <summary>Everything the settings say about one log file: tables with equal keys share the open file.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Label">Its name in health reports and metrics.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Framing">How the format delimits records, as text.</param>
internal sealed record LogFileKey(string Path, string Label, string Format, string Framing)
{
    public required RotationSettings Rotation { get; init; }

    public required AccessRule Access { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The legal holds of its rotated files, as text.</summary>
    public string Holds { get; init; } = "";
}

/// <summary>A reference of one table to a log file, until the last record of the table is written.</summary>
internal sealed class RentedFile(SharedFiles files, LogFileKey key) : IDisposable
{
    private bool _isReturned;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, true)) return;
        files.Release(key);
    }
}

/// <summary>A log file shared by routes, with its format and monitor.</summary>
internal sealed record OpenFile(string Directory, string Name, LogFile Log, string Format, TargetMonitor Monitor);
