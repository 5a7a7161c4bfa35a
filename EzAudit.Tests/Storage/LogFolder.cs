using System.Collections.Concurrent;
using System.Text;
using EzAudit.Settings;
using EzAudit.Storage;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory in a folder of its own, with log files that tests write to.</summary>
internal sealed class LogFolder : IDisposable
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private readonly LeaseKeeper _keeper = new();
    private readonly List<IDisposable> _opened = [];

    public TempFolder Root { get; } = new();

    public FakeClock Clock { get; } = new();

    public List<string> Reports { get; } = [];

    public ConcurrentQueue<LogFileChange> Changes { get; } = [];

    public string Path => Root["log"];

    public LogFile Open(
        string name, RotationSettings? rotation = null, UnixFileMode fileMode = OwnerOnly, UnixFileMode directoryMode = OwnerDirectory, ILogDirectory? directory = null)
    {
        directory ??= PlatformDirectory.At(Path, fileMode, directoryMode);
        var framing = new Framing("\n\n"u8.ToArray(), "[ "u8.ToArray(), "<torn>\n\n"u8.ToArray());
        var file = new LogFile(directory, name, framing, new Rotation(directory, rotation ?? new RotationSettings(), Clock, DateTimeZone.Utc, Changes.Enqueue), _keeper, Reports.Add);
        _opened.Add(file);
        _opened.Add(directory);
        return file;
    }

    public ILogDirectory NewDirectory() => PlatformDirectory.At(Path, OwnerOnly, OwnerDirectory);

    /// <summary>Writes a rotated file that was last written to so many days ago.</summary>
    public void WriteAged(string name, double days, string text = "old")
    {
        string path = Root.Write("log/" + name, text);
        File.SetLastWriteTimeUtc(path, (Clock.GetCurrentInstant() - Duration.FromDays(days)).ToDateTimeUtc());
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public static byte[] Record(string text) => Encoding.UTF8.GetBytes($"[ {text}\n\n");

    /// <summary>The names of the log files, sorted.</summary>
    public string[] Names() => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (IDisposable opened in _opened) opened.Dispose();
        _keeper.Dispose();
        Root.Dispose();
    }
}
