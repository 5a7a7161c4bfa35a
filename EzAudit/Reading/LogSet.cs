using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;
using EzAudit.Storage.Rotating;
using EzAudit.Writing.Building;
using NodaTime;

namespace EzAudit.Reading;

/// <summary>The sources that make up one log, and what is known about their records. Immutable, except for a stream, which can be read once.</summary>
internal sealed class LogSet : IDisposable
{
    // ExtraFields[] adds these after the caller's fields.
    private static readonly string[] AddedFields = ["Session id", "Trace id", "Thread id", "Process id"];

    private readonly Dictionary<string, AuditFunction> _functions;
    private readonly LogMember? _stream;

    private LogSet(IReadOnlyList<LogSource> sources, IEnumerable<AuditFunction> functions, DateTimeZone zone, LogMember? stream = null)
    {
        _functions = functions.ToDictionary(function => function.Name, StringComparer.Ordinal);
        HashSet<string> paths = [.. sources.Select(source => source.Path)];
        HashSet<string> readable = [.. sources.Where(source => source.Format.CanRead).SelectMany(source => source.Functions)];
        Sources =
        [
            .. sources.Select(source => source with
            {
                Others = paths,
                IsOnlyPlace = !source.Format.CanRead && !source.Functions.All(readable.Contains),
                ByFields = FunctionByFields(source.Functions),
            }),
        ];
        Zone = zone;
        _stream = stream;
    }

    /// <summary>The sources; empty for a stream.</summary>
    public IReadOnlyList<LogSource> Sources { get; }

    public IReadOnlyCollection<AuditFunction> Functions => _functions.Values;

    /// <summary>The time zone of days and hours, and of classic records.</summary>
    public DateTimeZone Zone { get; }

    public bool IsStream => _stream is not null;

    /// <param name="settings">The settings that name the log files.</param>
    /// <param name="components">Creates the formats of the files; receives their problems.</param>
    /// <param name="functions">The functions that are defined.</param>
    public static LogSet OfSettings(AuditSettings settings, ComponentFactory components, IEnumerable<AuditFunction> functions) =>
        new(LogSource.AllOf(settings, components), functions, settings.TimeZone);

    /// <param name="paths">The paths of the files.</param>
    /// <param name="zone">The time zone of classic files.</param>
    /// <param name="format">The format of the files; detected if <see langword="null"/>.</param>
    public static LogSet OfFiles(IEnumerable<string> paths, DateTimeZone zone, IAuditFormat? format)
    {
        var classic = new ClassicFormat(zone);
        return new LogSet([.. paths.Select(path => SourceAt(path, format ?? classic, isGuessed: format is null))], [], zone);
    }

    /// <param name="stream">The stream, of which the log takes ownership.</param>
    /// <param name="name">What it is called in records and problems.</param>
    /// <param name="zone">The time zone of classic records.</param>
    /// <param name="format">The format of the stream; detected if <see langword="null"/>.</param>
    public static LogSet OfStream(Stream stream, string name, DateTimeZone zone, IAuditFormat? format)
    {
        var content = new ForwardContent(stream);
        format ??= FormatGuess.Of(content, new ClassicFormat(zone));
        var file = new AuditLogFile { Path = name, SaysFunctions = format is JsonFormat };
        return new LogSet([], [], zone, new LogMember(file, format, content));
    }

    /// <summary>Some files, of which those of this log keep what is known about them.</summary>
    public LogSet Only(IEnumerable<string> paths, DateTimeZone zone)
    {
        var classic = new ClassicFormat(zone);
        return new LogSet([.. paths.Select(path => SourceOf(path) is { } own
            ? own with { Path = path, HasRotated = false, Format = own.Format is ClassicFormat ? classic : own.Format }
            : SourceAt(path, classic, isGuessed: true))], Functions, zone);
    }

    /// <summary>The source to which a file belongs, whether the file exists or not.</summary>
    public LogSource? SourceOf(string path)
    {
        string full = Path.GetFullPath(path);
        return Sources.FirstOrDefault(source => source.Path == full
            || (Path.GetDirectoryName(source.Path) == Path.GetDirectoryName(full) && IsRotatedFileOf(Path.GetFileName(source.Path), Path.GetFileName(full))));
    }

    /// <summary>The existing files of all sources.</summary>
    public IReadOnlyList<AuditLogFile> FindFiles() => _stream is null ? [.. Sources.SelectMany(LogFinder.List)] : [_stream.File];

    /// <summary>Opens the files as they are now.</summary>
    public LogFiles Open() => _stream is null ? LogFiles.Open(Sources) : LogFiles.OfStream(_stream);

    public QueryMatcher MatcherOf(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new QueryMatcher(query, _functions);
    }

    public void Dispose() => _stream?.Dispose();

    // Derives the function of a record that does not state it from the names of its fields. Requires that each function of the file has a definition, and
    // that exactly one of them has these fields.
    private Func<IReadOnlyList<string>, string?>? FunctionByFields(IReadOnlyList<string> functions)
    {
        if (functions.Count < 2) return null;
        AuditFunction[] known = [.. functions.Where(_functions.ContainsKey).Select(function => _functions[function])];
        if (known.Length < functions.Count || known.Any(function => function.Fields.Count == 0)) return null;
        // Two functions with the same fields cannot be told apart.
        Dictionary<string, string?> byFields = known.GroupBy(function => KeyOf(function.Fields), StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Count() == 1 ? same.First().Name : null, StringComparer.Ordinal);
        return names => byFields.TryGetValue(KeyOf(names), out string? function)
            ? function
            : byFields.GetValueOrDefault(KeyOf(names.Reverse().SkipWhile(AddedFields.Contains).Reverse()));

        static string KeyOf(IEnumerable<string> names) => string.Join('\n', names);
    }

    private static LogSource SourceAt(string path, IAuditFormat format, bool isGuessed) =>
        new(path, [], format, RotationNaming.Dated, HasRotated: false, IsFormatGuessed: isGuessed);

    private static bool IsRotatedFileOf(string logFile, string name) => RotatedName.TryParse(logFile, name, out _) || ForeignFile.IsNameOf(logFile, name);
}
