using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Recovery;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;
using EzAudit.Spooling;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Writing;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <summary>
/// Moves records from fallback files into the log files that could not take them, and from dead-letter files back into their spools. Writers may run at
/// the same time. Not thread-safe.
/// </summary>
/// <remarks>
/// Each record is appended byte for byte and once, even if a recovery is killed and started again: a cursor beside the fallback file stores the
/// progress. Only if the log file was rotated and compressed in between may the records of one batch be written twice. A fallback file is deleted
/// when its records are on disk; a damaged one is kept under another name.
/// </remarks>
public sealed class AuditRecovery : IDisposable
{
    private readonly AuditWriter _writer;
    private readonly IReadOnlyList<FallbackRoute> _routes;

    private AuditRecovery(AuditWriter writer)
    {
        _writer = writer;
        _routes = FallbackRoute.FindAll(Settings, new ComponentFactory(writer.Services.Registry, Settings, new SettingsProblems()));
    }

    private AuditSettings Settings => _writer.Settings;

    /// <summary>Finds the fallback files by the settings of a root.</summary>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins in addition to those that audit.ini names.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static AuditRecovery Open(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        var builder = new AuditWriterBuilder(root ?? AuditRoot.Find()) { RecordsStartAndStop = false };
        if (siteAccess is not null) builder.SiteAccess = siteAccess;
        foreach (IAuditPlugin plugin in plugins ?? []) builder.AddPlugin(plugin);
        return new AuditRecovery(builder.Build());
    }

    /// <summary>Finds the fallback files of the settings that are not empty.</summary>
    public IReadOnlyList<AuditFallbackFile> FindFiles() => [.. _routes.Select(Find).Where(file => file.Length > 0)];

    /// <summary>Recovers one fallback file and its rotated files, oldest first. Recorded as <c>audit-recover</c>, if the settings name a file for it.</summary>
    /// <param name="file">One of <see cref="FindFiles"/>.</param>
    /// <param name="user">Who runs the recovery, for the record.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the recovery between two batches with an <see cref="OperationCanceledException"/>; the next call continues from there.</param>
    /// <exception cref="ArgumentException">The settings do not name the file as a fallback.</exception>
    /// <exception cref="AuditWriteException">A step failed. Nothing is lost; the next call continues from there.</exception>
    public AuditRecovered Recover(AuditFallbackFile file, string user, IProgress<AuditReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        FallbackRoute route = _routes.FirstOrDefault(route => route.Path == file.Path)
            ?? throw new ArgumentException($"{file.Path} is not a fallback file of the settings. Use one of {nameof(FindFiles)}.", nameof(file));
        try
        {
            AuditRecovered recovered = Recover(route, file, ReadCounter.For(progress), cancellationToken);
            _writer.RecordRecovery(recovered, user);
            return recovered;
        }
        catch (StorageException failure)
        {
            WriteFailure cause = WriteFailure.Of(OwnFunctions.Recover.Name, failure.Stage, failure);
            throw new AuditWriteException($"The recovery of {file.Path} stopped (at {cause.Stage}): {cause.Reason} Nothing is lost; the next call continues from there.", cause);
        }
    }

    /// <summary>Finds the dead-letter files of the targets in the settings that are not empty.</summary>
    public IReadOnlyList<AuditDeadLetterFile> FindDeadLetters() =>
    [
        .. Settings.Targets.Where(target => _writer.Services.Registry.Targets.GetValueOrDefault(target.Value.Type) is { HasSpool: true })
            .Select(target => FindDeadLetters(target.Key, target.Value)).Where(file => file.Records > 0),
    ];

    /// <summary>
    /// Puts the records of a dead-letter file back into the spool of its target, each with the id it had. The application sends them, or if it does not run now,
    /// its next start. What the receiver refuses again goes into a new file. Recorded as <c>audit-recover</c>, if the settings name a file for it.
    /// </summary>
    /// <param name="file">One of <see cref="FindDeadLetters()"/>.</param>
    /// <param name="user">Who runs the recovery, for the record.</param>
    /// <returns>How many records were put back.</returns>
    /// <exception cref="IOException">A step failed. Nothing is lost; the next call puts back all records, some possibly for the second time.</exception>
    public int Requeue(AuditDeadLetterFile file, string user)
    {
        ArgumentNullException.ThrowIfNull(file);
        string directory = Path.GetDirectoryName(file.Path)!;
        try
        {
            int count = new DeadLetterFile(directory).Requeue();
            _writer.RecordRecovery(new AuditRecovered { File = new AuditFallbackFile { Path = file.Path, LogFile = directory, Length = 0 }, Records = count, Problems = [], Kept = [] }, user);
            return count;
        }
        catch (StorageException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <summary>Closes the log files.</summary>
    public void Dispose() => _writer.Dispose();

    private AuditDeadLetterFile FindDeadLetters(string target, ComponentSection section)
    {
        string directory = section.Text(AuditSenderType.Directory) ?? Path.Combine(SpoolFactory.TargetSpools, target);
        var letters = new DeadLetterFile(Path.GetFullPath(Path.Combine(Settings.Root, directory)));
        return new AuditDeadLetterFile { Target = target, Path = letters.FilePath, Records = letters.Count };
    }

    private static AuditFallbackFile Find(FallbackRoute route) =>
        new() { Path = route.Path, LogFile = route.LogPath, Length = FallbackFiles.LengthOf(route.Directory, route.Name) };

    private AuditRecovered Recover(FallbackRoute route, AuditFallbackFile file, ReadCounter? counter, CancellationToken cancellationToken)
    {
        counter?.Start(file.Length);
        RotationNaming naming = Settings.ForFile(route.Name).Naming;
        using ILogDirectory fallback = Settings.DirectoryAt(route.Directory);
        using ILogDirectory logDirectory = Settings.DirectoryAt(route.LogDirectory);
        using var files = new FallbackFiles(fallback, route.Name);
        ComponentFactory components = ComponentFactory.OfWriter(_writer.Options, _writer.Services, Settings, new SettingsProblems());
        var sealers = new OpenSealers(_writer.Options, _writer.Services, Settings, components);
        using LogFile log = new OpenFiles(_writer.Options, _writer.Services, Settings, sealers).Open(route.LogDirectory, route.Name, route.FormatName, route.Format).Log;
        var place = new LogSource(route.LogPath, [], route.Format, naming, HasRotated: true);
        var import = new FallbackImport(fallback, logDirectory, log, place, counter, cancellationToken);
        // First those that an earlier recovery left: they are older, and their names must become free.
        foreach (string taken in files.TakenBefore()) import.Import(taken);
        foreach (string taken in files.Take(naming)) import.Import(taken);
        return new AuditRecovered { File = file, Records = import.Records, Problems = import.Problems, Kept = import.Kept };
    }
}
