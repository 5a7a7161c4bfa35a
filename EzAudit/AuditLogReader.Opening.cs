using EzAudit.Extensibility;
using EzAudit.Reading;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;
using EzAudit.Writing.Building;
using NodaTime;

namespace EzAudit;

/// <content>How a reader is opened.</content>
public sealed partial class AuditLogReader
{
    /// <summary>Opens the log files that the settings of a root name, whether audit is on or off.</summary>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="options">The siteaccess, the plugins, and whether readings are recorded.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used; lists every problem with its file and line.</exception>
    public static AuditLogReader Open(string? root = null, AuditLogReaderOptions? options = null)
    {
        options ??= new AuditLogReaderOptions();
        var registry = new AuditRegistry();
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), options.SiteAccess ?? AuditRoot.SiteAccess);
        ComposedSettings composed = new SettingsComposer(source, [.. options.Plugins], registry).Compose();
        if (composed.Settings is not { } settings) throw new AuditSettingsException(composed.Problems.All);
        LogSet log = LogSet.OfSettings(settings, new ComponentFactory(registry, settings, composed.Problems), registry.Functions);
        if (composed.Problems.HasErrors) throw new AuditSettingsException(composed.Problems.All);
        if (!options.RecordsReadings || !ReadingRecord.IsEnabled(settings)) return new AuditLogReader(log);
        var builder = new AuditWriterBuilder(source.Root) { RecordsStartAndStop = false, SiteAccess = source.SiteAccess };
        foreach (IAuditPlugin plugin in options.Plugins) builder.AddPlugin(plugin);
        return new AuditLogReader(log, builder: builder);
    }

    /// <summary>Opens the log files that the current settings of a writer name.</summary>
    /// <param name="writer">The writer. It may go on writing, and must not be disposed before the reader, because it also records the readings.</param>
    /// <param name="options">Whether readings are recorded. The other options have no effect, because the writer determines them.</param>
    public static AuditLogReader Open(AuditWriter writer, AuditLogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AuditSettings settings = writer.Settings;
        LogSet log = LogSet.OfSettings(settings, new ComponentFactory(writer.Services.Registry, settings, new SettingsProblems()), writer.Functions);
        return new AuditLogReader(log, options is { RecordsReadings: false } || !ReadingRecord.IsEnabled(settings) ? null : writer);
    }

    /// <summary>Opens individual files, without looking for their rotated files. Their readings are not recorded.</summary>
    /// <param name="paths">The paths of files in the classic or json format, plain or compressed with gzip.</param>
    /// <param name="options">The time zone or the format of the files; the other options have no effect.</param>
    /// <exception cref="ArgumentException">The time zone is unknown, or the format cannot be read back.</exception>
    public static AuditLogReader OpenFiles(IEnumerable<string> paths, AuditLogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new AuditLogReaderOptions();
        return new AuditLogReader(LogSet.OfFiles(paths, FindZone(options.TimeZone, nameof(options)), ReadableFormat(options)));
    }

    /// <summary>Opens a stream, such as standard input. It can be read once, and its first bytes are read here. Its reading is not recorded.</summary>
    /// <param name="stream">A stream in the classic or json format, plain. It is disposed together with the reader.</param>
    /// <param name="options">The time zone or the format of the stream, and its name in records and problems; the other options have no effect.</param>
    /// <exception cref="ArgumentException">The time zone is unknown, or the format cannot be read back.</exception>
    public static AuditLogReader OpenStream(Stream stream, AuditLogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new AuditLogReaderOptions();
        return new AuditLogReader(LogSet.OfStream(stream, options.StreamName, FindZone(options.TimeZone, nameof(options)), ReadableFormat(options)));
    }

    private static DateTimeZone FindZone(string? timeZone, string parameter)
    {
        if (timeZone is null) return DateTimeZone.Utc;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)
            ?? throw new ArgumentException($"{timeZone}: no such time zone, expected a TZDB id such as Europe/Vienna", parameter);
    }

    private static IAuditFormat? ReadableFormat(AuditLogReaderOptions options)
    {
        if (options.Format is { CanRead: false } format) throw new ArgumentException($"{format.GetType().Name}: cannot be read back", nameof(options));
        return options.Format;
    }
}
