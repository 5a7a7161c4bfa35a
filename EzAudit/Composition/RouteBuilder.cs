using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;
using EzAudit.Storage;
using EzAudit.Targets;

namespace EzAudit.Composition;

/// <summary>Builds the routes of one reading of the settings, sharing targets and formats between them.</summary>
internal sealed class RouteBuilder(
    WriterParts parts, AuditRegistry registry, LeaseKeeper keeper, AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private const string FileType = "file";
    private const string ClassicType = "classic";

    private readonly Dictionary<string, IAuditFormat> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IAuditTarget> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FileTarget Target, string Format)> _files = new(StringComparer.Ordinal);

    /// <summary>The table; <see langword="null"/> when something does not fit, which is then among the problems.</summary>
    public RouteTable? Build()
    {
        var routes = new Dictionary<string, Route>(StringComparer.Ordinal);
        if (settings.Enabled)
        {
            foreach (var (function, file) in settings.FileNames) routes[function] = BuildRoute(function, file);
        }
        IAuditTarget[] all = [.. _targets.Values, .. _files.Values.Select(file => file.Target)];
        if (problems.Exists(problem => !problem.IsWarning))
        {
            foreach (IAuditTarget target in all) target.Dispose();
            return null;
        }
        return new RouteTable(settings, routes, all, failure => parts.Diagnostics.Report("close", $"A target could not be closed: {failure.Message}"));
    }

    private Route BuildRoute(string function, Sourced<string> file)
    {
        FunctionSettings own = settings.ForFunction(function);
        var stops = new List<RouteTarget>();
        foreach (string name in own.Targets)
        {
            PartSection section = settings.Targets[name];
            string format = section.Texts.TryGetValue("Format", out Sourced<string> set) ? set.Value : own.Format;
            if (FormatOf(format, file.Place) is not { } formatter) continue;
            IAuditTarget? target = section.Type == FileType ? FileOf(file, format, formatter) : TargetOf(name, section);
            if (target is not null) stops.Add(new RouteTarget(name, target, formatter));
        }
        AuditFunction definition = registry.TryGetFunction(function, out AuditFunction? known) ? known : new AuditFunction { Name = function };
        return new Route(definition, file.Value, own.Durability, [.. stops]);
    }

    private FileTarget? FileOf(Sourced<string> file, string format, IAuditFormat formatter)
    {
        if (_files.TryGetValue(file.Value, out var known))
        {
            if (known.Format == format) return known.Target;
            problems.Add(new(file.Place.File, file.Place.Line, $"\"{file.Value}\" in the formats {known.Format} and {format}", "one format for one file"));
            return null;
        }
        ILogDirectory directory = PlatformDirectory.At(Path.Combine(settings.Root, settings.LogDirectory), settings.FileMode, settings.DirectoryMode);
        var framing = new Framing(formatter.Terminator.ToArray(), formatter.Start.ToArray(), formatter.TornTailEnd.ToArray());
        var rotation = new Rotation(directory, settings.ForFile(file.Value), parts.Clock, settings.TimeZone, static _ => { });
        var log = new LogFile(directory, file.Value, framing, rotation, keeper, message => parts.Diagnostics.Report(file.Value, message));
        var target = new FileTarget(log, directory);
        _files.Add(file.Value, (target, format));
        return target;
    }

    private IAuditTarget? TargetOf(string name, PartSection section)
    {
        if (_targets.TryGetValue(name, out IAuditTarget? known)) return known;
        IAuditTarget? target = Create(registry.Targets[section.Type], name, section);
        if (target is not null) _targets.Add(name, target);
        return target;
    }

    private IAuditFormat? FormatOf(string name, SettingsPlace place)
    {
        if (_formats.TryGetValue(name, out IAuditFormat? known)) return known;
        PartSection section = settings.Formats.TryGetValue(name, out PartSection? own) ? own : new PartSection(name, new Dictionary<string, Sourced<string>>(), new Dictionary<string, IReadOnlyList<Sourced<string>>>(), place);
        IAuditFormat? format = section.Type == ClassicType ? new ClassicFormat(settings.TimeZone) : Create(registry.Formats[section.Type], name, section);
        if (format is not null) _formats.Add(name, format);
        return format;
    }

    private T? Create<T>(AuditPartType<T> type, string name, PartSection section) where T : class
    {
        var own = new AuditPartSettings(
            name,
            section.Texts.ToDictionary(text => text.Key, text => text.Value.Value, StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyList<string> (array) => [.. array.Value.Select(item => item.Value)], StringComparer.Ordinal))
        {
            Root = settings.Root,
            TimeZone = settings.TimeZone.Id,
        };
        try
        {
            return type.Create(own);
        }
        catch (AuditPartSettingsException failure)
        {
            SettingsPlace place = section.Texts.TryGetValue(failure.Key, out Sourced<string> text) ? text.Place : section.Place;
            problems.Add(new(place.File, place.Line, $"{failure.Key}={own[failure.Key]}", failure.Wanted));
        }
        catch (Exception failure)
        {
            // Any exception: it is a plugin's code, and its fault must come with its place.
            problems.Add(new(section.Place.File, section.Place.Line, $"type {section.Type}, which could not be made: {failure.Message}", "a type that can be made"));
        }
        return null;
    }
}
