using EzAudit.Formats.Classic;
using EzAudit.Reading.Files;
using EzAudit.Recovery;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Tests.Storage;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Recovery;

/// <summary>A log directory, a directory with a fallback file, and a recovery that can be stopped at any step.</summary>
internal sealed class RecoverySite : IDisposable
{
    public const string Name = "a.log";

    private readonly RotationSettings _rotation;

    public RecoverySite(RotationSettings? rotation = null) => _rotation = rotation ?? new RotationSettings();

    public LogFolder Log { get; } = new();

    public LogFolder Fallback { get; } = new();

    /// <summary>The progress of the recoveries.</summary>
    public LastProgress Progress { get; } = new();

    public static string Record(int number) => $"[ Nov 22 2026 14:00:{number % 60:00} ] [10.0.0.1] [admin:14]\nNumber: {number}\n\n";

    public void WriteFallback(string name, string text) => Fallback.Root.Write($"log/{name}", text);

    public void WriteLog(string text) => Log.Root.Write($"log/{Name}", text);

    /// <summary>Recovers as the next process would.</summary>
    /// <param name="stopAt">The number of the change before which the process is stopped; each directory has its own count.</param>
    /// <param name="stopsLog">Whether to count the changes of the log directory instead of the fallback directory.</param>
    /// <returns>The number of imported records; -1 if it was stopped.</returns>
    public long Recover(int stopAt = int.MaxValue, bool stopsLog = false)
    {
        using ILogDirectory fallback = Stopping(Fallback, stopsLog ? int.MaxValue : stopAt);
        using ILogDirectory logDirectory = Log.NewDirectory();
        var place = new LogSource(Path.Combine(Log.Path, Name), [], new ClassicFormat(DateTimeZone.Utc), _rotation.Naming, HasRotated: true);
        using var log = new OwnLog(Log.Open(Name, _rotation, directory: Stopping(Log, stopsLog ? stopAt : int.MaxValue)));
        var import = new FallbackImport(fallback, logDirectory, log.File, place, new ReadCounter(Progress), CancellationToken.None);
        try
        {
            using var files = new FallbackFiles(fallback, Name);
            foreach (string taken in files.TakenBefore()) import.Import(taken);
            foreach (string taken in files.Take(_rotation.Naming)) import.Import(taken);
            return import.Records;
        }
        catch (Exception failure) when (IsStop(failure))
        {
            return -1;
        }
    }

    private static bool IsStop(Exception failure) => failure is OperationCanceledException || (failure is StorageException && failure.Message.EndsWith("stopped", StringComparison.Ordinal));

    /// <summary>The text of the log file and its rotated files, from oldest to newest.</summary>
    public string All()
    {
        var place = new LogSource(Path.Combine(Log.Path, Name), [], new ClassicFormat(DateTimeZone.Utc), _rotation.Naming, HasRotated: true);
        return string.Concat(LogFinder.List(place).Select(file => File.ReadAllText(file.Path)));
    }

    public void Dispose()
    {
        Log.Dispose();
        Fallback.Dispose();
    }

    private static StoppingDirectory Stopping(LogFolder folder, int stopAt) => new(folder.NewDirectory(), stopAt);

    private sealed class OwnLog(LogFile file) : IDisposable
    {
        public LogFile File => file;

        public void Dispose()
        {
            try
            {
                file.Dispose();
            }
            catch (Exception failure) when (IsStop(failure))
            {
                // A stopped process closes nothing.
            }
        }
    }
}
