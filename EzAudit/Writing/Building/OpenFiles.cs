using EzAudit.Extensibility;
using EzAudit.Sealing;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Storage.Rotating;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing.Building;

/// <summary>The log files of one reading of the settings, each opened once, even if several routes use it.</summary>
internal sealed class OpenFiles(WriterOptions options, WriterServices services, AuditSettings settings, OpenSealers sealers)
{
    private readonly Dictionary<string, OpenFile> _files = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly List<IDisposable> _rented = [];
    private readonly LegalHolds _holds = LegalHolds.Of(settings);

    public IReadOnlyCollection<OpenFile> All => _files.Values;

    /// <summary>The handles that keep the files open; to be disposed after the last record.</summary>
    public IReadOnlyCollection<IDisposable> Rented => _rented;

    /// <summary>The file names by directory.</summary>
    public ILookup<string, string> ByDirectory => _files.Values.ToLookup(file => file.Directory, file => file.Name);

    /// <param name="directory">Its directory, absolute or relative to the root; <see langword="null"/> for LogDir.</param>
    /// <param name="name">Its name in the directory.</param>
    /// <param name="format">The name of its format, used if this is its first route.</param>
    /// <param name="formatter">The format.</param>
    public OpenFile Open(string? directory, string name, string format, IAuditFormat formatter)
    {
        string path = Path.GetFullPath(Path.Combine(settings.Root, directory ?? settings.LogDirectory));
        string place = Path.Combine(Statx.PlaceOf(path), name);
        if (_files.TryGetValue(place, out OpenFile? known)) return known;

        string full = Path.Combine(path, name);
        var framing = new Framing(formatter.Terminator.ToArray(), formatter.Start.ToArray(), formatter.TornTailEnd.ToArray());
        var rented = new LogFileKey(full, directory is null ? name : full, format, TextOf(framing))
        {
            Rotation = settings.ForFile(name),
            Access = settings.AccessRule(),
            TimeZone = settings.TimeZone,
            Seal = sealers.KeyOf(path),
            Holds = _holds.DescribeFile(name),
        };
        Sealer? sealer = sealers.For(path);
        OpenFile file = services.Files.Rent(rented, () => Make(rented, name, framing, sealer), out IDisposable use);
        file.Monitor.ResetTimeout();
        _rented.Add(use);
        _files.Add(place, file);
        return file;
    }

    private OpenFile Make(LogFileKey key, string name, Framing framing, Sealer? sealer)
    {
        string path = key.Path[..^(name.Length + 1)];
        LossCount losses = services.LossesOf(key.Label);
        var observer = new FileObserver(key.Label, losses, options, services);
        ILogDirectory opened = settings.DirectoryAt(path);
        if (sealer is not null)
        {
            sealer.Know(name, framing.Terminator);
            opened = new SealedDirectory(opened, framing.Terminator, sealer);
        }
        var rotation = new Rotation(opened, key.Rotation, options.Clock, settings.TimeZone, Notify(path, name, key.Rotation, observer))
        {
            IsHeld = rotated => IsHeld(path, rotated),
        };
        var log = new LogFile(opened, name, framing, rotation, services.Housekeeper, observer);
        var file = new OpenFile(path, name, log, key.Format, new TargetMonitor(key.Label, losses, options.Clock, log) { Path = key.Path }) { Sealer = sealer };
        observer.Monitor = file.Monitor;
        return file;
    }

    private bool IsHeld(string path, RotatedName rotated)
    {
        if (_holds.FindForFile(rotated.LogFile, options.Clock.GetCurrentInstant()) is not { } hold) return false;
        options.Diagnostics.ReportOnce(
            $"{path}/{rotated.LogFile}: hold {hold.Name}",
            $"{Path.Combine(path, rotated.LogFile)}: rotated files that are due to be deleted stay, because of {LegalHolds.Describe(hold)}.",
            LogLevel.Information);
        return true;
    }

    private static string TextOf(Framing framing) =>
        $"{Convert.ToHexString(framing.Terminator.Span)} {Convert.ToHexString(framing.Start.Span)} {Convert.ToHexString(framing.TornTailEnd.Span)}";

    private Action<LogFileChange> Notify(string path, string name, RotationSettings rules, FileObserver observer)
    {
        if (!rules.Compress || options.IsTrial) return observer.Changed;
        void Compress()
        {
            try
            {
                using ILogDirectory directory = settings.DirectoryAt(path);
                new RotatedFileCompressor(directory, observer.Changed).CompressPending(name);
            }
            catch (Exception failure)
            {
                // This runs on a thread-pool thread, where an exception would end the process. The next rotation tries again.
                observer.Report($"{Path.Combine(path, name)}: a rotated file could not be compressed. {failure.Message}");
            }
        }
        if (Directory.Exists(path)) ThreadPool.UnsafeQueueUserWorkItem(_ => Compress(), null);
        return change =>
        {
            observer.Changed(change);
            if (change.Kind == LogFileChangeKind.Rotated) ThreadPool.UnsafeQueueUserWorkItem(_ => Compress(), null);
        };
    }
}

/// <summary>Opens log directories with the configured permissions.</summary>
internal static class LogDirectories
{
    /// <param name="settings">The settings.</param>
    /// <param name="path">The absolute path.</param>
    public static ILogDirectory DirectoryAt(this AuditSettings settings, string path) => CurrentPlatform.DirectoryAt(path, settings.AccessRule());

    public static AccessRule AccessRule(this AuditSettings settings) => new(settings.FileMode, settings.DirectoryMode)
    {
        AllowsFilesOpenToAll = settings.OthersMayWriteFiles,
        AllowsDirectoriesOpenToAll = settings.OthersMayWriteDirectories,
    };
}
