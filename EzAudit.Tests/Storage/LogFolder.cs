using System.Collections.Concurrent;
using System.Text;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Storage.Rotating;
using EzAudit.Tests.Support;
using EzAudit.Writing.Background;
using NodaTime;
using NodaTime.Testing;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory in a temporary folder, with log files that tests write to.</summary>
internal sealed class LogFolder : ILogFileObserver, IDisposable
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private readonly Housekeeper _housekeeper = new();
    private readonly MaintenanceThread _maintenance = new(failure => throw failure);
    private readonly List<IDisposable> _opened = [];

    public LogFolder()
    {
        _housekeeper.Wake = _maintenance.Add(_housekeeper.Round, TimeSpan.Zero);
        _maintenance.Start();
    }

    public TempFolder Root { get; } = new();

    public FakeClock Clock { get; } = new(Instant.FromDateTimeOffset(TestClock.Start));

    public List<string> Reports { get; } = [];

    public int LostRecords { get; private set; }

    public ConcurrentQueue<LogFileChange> Changes { get; } = [];

    public string Path => Root["log"];

    public LogFile Open(
        string name, RotationSettings? rotation = null, UnixFileMode fileMode = OwnerOnly, UnixFileMode directoryMode = OwnerDirectory, ILogDirectory? directory = null)
    {
        directory ??= CurrentPlatform.DirectoryAt(Path, new AccessRule(fileMode, directoryMode));
        var framing = new Framing("\n\n"u8.ToArray(), "[ "u8.ToArray(), "<torn>\n\n"u8.ToArray());
        var file = new LogFile(directory, name, framing, new Rotation(directory, rotation ?? new RotationSettings(), Clock, DateTimeZone.Utc, Changes.Enqueue), _housekeeper, this);
        _opened.Add(file);
        return file;
    }

    public ILogDirectory NewDirectory() => CurrentPlatform.DirectoryAt(Path, new AccessRule(OwnerOnly, OwnerDirectory));

    /// <summary>Writes a rotated file that was last modified this number of days ago.</summary>
    public void WriteAged(string name, double days, string text = "old")
    {
        string path = Root.Write("log/" + name, text);
        File.SetLastWriteTimeUtc(path, (Clock.GetCurrentInstant() - Duration.FromDays(days)).ToDateTimeUtc());
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    /// <summary>Stores a record on disk or with the operating system.</summary>
    public static void Append(LogFile file, string text, bool sync = true) =>
        file.Append(Record(text), sync ? AuditDurability.Disk : AuditDurability.Os, TimeSpan.FromSeconds(10));

    public static byte[] Record(string text) => Encoding.UTF8.GetBytes($"[ {text}\n\n");

    /// <summary>The names of the log files, sorted.</summary>
    public string[] Names() => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Report(string message) => Reports.Add(message);

    public void Tampered(string message) => Reports.Add(message);

    public void Lost(int count, StorageException failure) => LostRecords += count;

    public void Synced(TimeSpan duration)
    {
    }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened) opened.Dispose();
        _maintenance.Dispose();
        Root.Dispose();
    }
}
