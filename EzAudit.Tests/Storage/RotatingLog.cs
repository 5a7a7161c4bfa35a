using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rotating;
using NodaTime;
using NodaTime.Testing;

namespace EzAudit.Tests.Storage;

/// <summary>A log file as rotation sees it: opened, checked whether rotation is due, renamed, opened again.</summary>
internal sealed class RotatingLog : IDisposable
{
    public const string Name = "a.log";

    private readonly ILogDirectory _directory;
    private IAppendFile _file;

    public RotatingLog(LogFolder folder, RotationSettings settings, DateTimeZone? zone = null, ILogDirectory? directory = null, FakeClock? clock = null, Func<RotatedName, bool>? isHeld = null)
    {
        _directory = directory ?? folder.NewDirectory();
        Rotation = new Rotation(_directory, settings, clock ?? folder.Clock, zone ?? DateTimeZone.Utc, folder.Changes.Enqueue) { IsHeld = isHeld ?? (_ => false) };
        _file = Open();
    }

    public Rotation Rotation { get; }

    public void Write(string text)
    {
        if (Rotation.IsDue(_file.Identify().Length))
        {
            Rotation.Rotate(Name);
            _file.Dispose();
            _file = Open();
        }
        _file.Append(LogFolder.Record(text));
    }

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }

    private IAppendFile Open()
    {
        IAppendFile file = _directory.OpenAppend(Name);
        Rotation.Begin(file.Identify());
        return file;
    }
}
