using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Reading.Following;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Content;
using EzAudit.Storage.Rotating;
using EzAudit.Writing.Building;
using NodaTime;

namespace EzAudit;

/// <summary>The log files of an audit trail, read together: searched, counted, followed.</summary>
/// <remarks>
/// Files may be written, rotated, renamed or deleted meanwhile; their writers are not held up. Each reading looks anew which files
/// there are. Memory is bounded by the longest record, however large the files are; where records are counted in groups, also by the
/// number of different groups (some hundred bytes each). For several threads.
/// </remarks>
public sealed class AuditLog : IDisposable
{
    // Asking where a few paths lead costs microseconds, and works on file systems that tell nobody what others wrote.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<LogSource> _places;
    private readonly Dictionary<string, AuditFunction> _definitions;
    private readonly DateTimeZone _zone;
    private readonly LogMember? _stream;
    private readonly ReadingRecord? _readings;

    private AuditLog(IReadOnlyList<LogSource> places, IEnumerable<AuditFunction> definitions, DateTimeZone zone, LogMember? stream = null, ReadingRecord? readings = null)
    {
        _readings = readings;
        _definitions = definitions.ToDictionary(function => function.Name, StringComparer.Ordinal);
        HashSet<string> paths = [.. places.Select(place => place.Path)];
        HashSet<string> readable = [.. places.Where(place => place.Format.CanRead).SelectMany(place => place.Functions)];
        _places =
        [
            .. places.Select(place => place with
            {
                Others = paths,
                IsOnlyPlace = !place.Format.CanRead && !place.Functions.All(readable.Contains),
                ByFields = FunctionFields.Of(place.Functions, _definitions),
            }),
        ];
        _zone = zone;
        _stream = stream;
    }

    /// <summary>What is known about functions beforehand: from plugins, and the audit trail's own. None without settings.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _definitions.Values;

    /// <summary>
    /// Whether each reading is put on record as <c>audit-read</c> when it ends: who, by <see cref="AuditContext"/>, what was asked, and how many records were found.
    /// Only where the settings name a file for that function and audit is on; <see cref="FollowAsync"/> writes one at its start, too. A record that cannot be
    /// stored makes the end of the reading throw what the call of a writer would, as the settings of the function demand.
    /// </summary>
    public bool RecordsReadings { get; set; } = true;

    /// <summary>How files are cut for reading; small in tests, where every cut matters.</summary>
    internal ChunkSize ChunkSize { get; set; } = ChunkSize.Usual;

    /// <summary>Waits until new records may be there.</summary>
    internal Func<CancellationToken, ValueTask> Wait { get; set; } = static cancellationToken => new(Task.Delay(LookInterval, cancellationToken));

    /// <summary>The id of the time zone that the log is written in.</summary>
    public string TimeZone => _zone.Id;

    /// <summary>
    /// The files that are there now: of each log file the rotated ones from the oldest to the newest, then itself.
    /// </summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public IReadOnlyList<AuditLogFile> Files => _stream is null ? [.. _places.SelectMany(LogFinder.List)] : [_stream.File];

    /// <summary>Finds the log files by the settings of a root, whether audit is enabled there or not.</summary>
    /// <param name="root">The directory that holds <c>settings/</c>; without one it is found as the writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; without one that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins besides those that audit.ini names.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used; says everything that is wrong, each with its place.</exception>
    public static AuditLog Open(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        string found = root is null ? AuditRoot.Find() : Path.GetFullPath(root);
        var registry = new AuditRegistry();
        ComposedSettings composed = new SettingsComposer(new SettingsSource(found, siteAccess ?? AuditRoot.SiteAccess), [.. plugins ?? []], registry).Compose();
        if (composed.Settings is not { } settings) throw new AuditSettingsException(composed.Problems.All);
        IReadOnlyList<LogSource> places = new LogSources(settings, new ComponentFactory(registry, settings, composed.Problems)).Find();
        if (composed.Problems.HasErrors) throw new AuditSettingsException(composed.Problems.All);
        return new AuditLog(places, registry.Functions, settings.TimeZone, readings: ReadingRecord.Of(settings, siteAccess, plugins, places));
    }

    /// <summary>Takes the log files that a writer's settings name now.</summary>
    /// <param name="writer">The writer; may go on writing.</param>
    public static AuditLog Of(AuditWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AuditSettings settings = writer.Settings;
        IReadOnlyList<LogSource> places = new LogSources(settings, new ComponentFactory(writer.Services.Registry, settings, new SettingsProblems())).Find();
        return new AuditLog(places, writer.Functions, settings.TimeZone, readings: ReadingRecord.Of(writer, places));
    }

    /// <summary>Takes files of the formats classic and json, compressed by gzip or not, each as it is: rotated ones are not looked for.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="timeZone">The id of the time zone that they were written in; UTC without one.</param>
    /// <exception cref="ArgumentException">There is no such time zone.</exception>
    public static AuditLog OfFiles(IEnumerable<string> paths, string? timeZone = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        DateTimeZone zone = AuditReader.ZoneOf(timeZone);
        var format = new ClassicFormat(zone);
        return new AuditLog([.. paths.Select(path => Named(path, format))], [], zone);
    }

    /// <summary>Takes a stream of the format classic or json, such as standard input. It can be read once; its first bytes are read here.</summary>
    /// <param name="stream">The stream; disposed of with the log.</param>
    /// <param name="name">What it is called in records and problems.</param>
    /// <param name="timeZone">The id of the time zone that it was written in; UTC without one.</param>
    /// <exception cref="ArgumentException">There is no such time zone.</exception>
    public static AuditLog OfStream(Stream stream, string name = "-", string? timeZone = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        DateTimeZone zone = AuditReader.ZoneOf(timeZone);
        var content = new ForwardContent(stream);
        IAuditFormat format = FormatGuess.Of(content, new ClassicFormat(zone));
        var file = new AuditLogFile(name, [], IsRotated: false, IsCompressed: false, Length: 0, SaysFunctions: format is JsonFormat);
        return new AuditLog([], [], zone, new LogMember(file, format, content));
    }

    /// <summary>
    /// The same log, but of some files only, each as it is. What its settings know of a file that is its own is known of it: functions, format, zone.
    /// Others are taken as <see cref="OfFiles"/> does.
    /// </summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="timeZone">The id of the time zone that they were written in; without one that of the log.</param>
    /// <exception cref="ArgumentException">There is no such time zone.</exception>
    public AuditLog Only(IEnumerable<string> paths, string? timeZone = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        DateTimeZone zone = timeZone is null ? _zone : AuditReader.ZoneOf(timeZone);
        var classic = new ClassicFormat(zone);
        return new AuditLog([.. paths.Select(path => PlaceOf(path) is { } own
            ? own with { Path = path, HasRotated = false, Format = own.Format is ClassicFormat ? classic : own.Format }
            : Named(path, classic))], Functions, zone, readings: _readings) { RecordsReadings = RecordsReadings };
    }

    /// <summary>Whether a file, which need not be there, is one of this log: a log file or one that it was rotated to.</summary>
    /// <param name="path">Its path.</param>
    public bool IsOwn(string path) => PlaceOf(path) is not null;

    /// <summary>The records that a query finds, from the oldest to the newest: files are merged by time, each keeps its own order.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops the search with an <see cref="OperationCanceledException"/>, also where nothing is found for long.</param>
    /// <exception cref="ArgumentException">The query holds what is no regular expression or no network.</exception>
    public AuditSearch Search(AuditQuery query, AuditReadProgress? progress = null, CancellationToken cancellationToken = default)
    {
        QueryMatcher test = TestOf(query);
        return new AuditSearch(() => Read(test, progress, cancellationToken), isBackwards: false, count => Record(query, count));
    }

    /// <summary>The same from the newest to the oldest, without reading more of the files than the records that are asked for need.</summary>
    /// <inheritdoc cref="Search"/>
    public AuditSearch SearchBackwards(AuditQuery query, AuditReadProgress? progress = null, CancellationToken cancellationToken = default)
    {
        QueryMatcher test = TestOf(query);
        return new AuditSearch(() => Read(test, progress, cancellationToken), isBackwards: true, count => Record(query, count));
    }

    /// <summary>How many records a query finds.</summary>
    /// <inheritdoc cref="Search"/>
    public long Count(AuditQuery query, AuditReadProgress? progress = null, CancellationToken cancellationToken = default)
    {
        long count;
        using (LogReading reading = Read(TestOf(query), progress, cancellationToken)) count = reading.Count();
        Record(query, count);
        return count;
    }

    /// <summary>Counts the records that a query finds in groups, all groupings in one reading.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="groupings">How to group; without one only everything together is counted.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The query holds what is no regular expression or no network.</exception>
    public AuditSummary Summarize(
        AuditQuery query, IReadOnlyList<AuditGrouping> groupings, AuditReadProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupings);
        AuditSummary summary;
        using (LogReading reading = Read(TestOf(query), progress, cancellationToken)) summary = reading.Summarize(groupings, _zone);
        Record(query, summary.Count);
        return summary;
    }

    /// <summary>Everything that is wrong in the files: by file, then by offset.</summary>
    public IReadOnlyList<AuditLogProblem> FindProblems(AuditReadProgress? progress = null, CancellationToken cancellationToken = default)
    {
        using LogReading reading = Read(TestOf(AuditQuery.All), progress, cancellationToken);
        return reading.FindProblems();
    }

    /// <summary>New records as they are written, until it is cancelled: through growth, rotation and truncation, each once.</summary>
    /// <param name="query">Which of them are wanted.</param>
    /// <param name="last">How many of those that are there already are given first.</param>
    /// <param name="onProblem">Is told what is wrong in what is read; called on the thread that asks for records.</param>
    /// <param name="cancellationToken">Ends the sequence; no exception is thrown.</param>
    /// <exception cref="ArgumentException">The query holds what is no regular expression or no network.</exception>
    /// <exception cref="InvalidOperationException">The log is of a stream.</exception>
    public IAsyncEnumerable<AuditFoundRecord> FollowAsync(
        AuditQuery query, int last = 0, Action<AuditLogProblem>? onProblem = null, CancellationToken cancellationToken = default)
    {
        if (_stream is not null) throw new InvalidOperationException($"{_stream.File.Path}: found a stream, expected files to follow");
        IAsyncEnumerable<AuditFoundRecord> followed = new LogFollower(_places, TestOf(query), Wait).Follow(last, ChunkSize, onProblem, cancellationToken);
        return _readings is null || !RecordsReadings ? followed : RecordBoth(query, followed);
    }

    /// <summary>Closes the stream, if it is of one.</summary>
    public void Dispose() => _stream?.Dispose();

    // At the start, too: who is stopped writes nothing at the end.
    private async IAsyncEnumerable<AuditFoundRecord> RecordBoth(AuditQuery query, IAsyncEnumerable<AuditFoundRecord> followed)
    {
        Record(query, 0);
        long count = 0;
        try
        {
            await foreach (AuditFoundRecord record in followed.ConfigureAwait(false))
            {
                count++;
                yield return record;
            }
        }
        finally
        {
            Record(query, count);
        }
    }

    private void Record(AuditQuery query, long count)
    {
        if (RecordsReadings) _readings?.Write(QueryText.Of(query), count);
    }

    private static LogSource Named(string path, ClassicFormat classic) =>
        new(path, [], classic, RotationNaming.Dated, HasRotated: false, IsFormatGuessed: true);

    private LogSource? PlaceOf(string path)
    {
        string full = Path.GetFullPath(path);
        return _places.FirstOrDefault(place => place.Path == full
            || (Path.GetDirectoryName(place.Path) == Path.GetDirectoryName(full) && IsRotatedOf(Path.GetFileName(place.Path), Path.GetFileName(full))));
    }

    private static bool IsRotatedOf(string logFile, string name) => RotatedName.TryParse(logFile, name, out _) || ForeignName.IsOf(logFile, name);

    private QueryMatcher TestOf(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new QueryMatcher(query, new FunctionNames(query.Functions, _definitions));
    }

    private LogReading Read(QueryMatcher test, AuditReadProgress? progress, CancellationToken cancellationToken) =>
        new(_stream is null ? LogFiles.Open(_places) : LogFiles.OfStream(_stream), test, ChunkSize, progress, cancellationToken);
}
