using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;
using EzAudit.Targets;

namespace EzAudit.Composition;

/// <summary>Builds the routes of one reading of the settings, sharing files, targets and formats between them.</summary>
internal sealed class RouteBuilder(WriterParts parts, WriterShared shared, AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private readonly Dictionary<string, IAuditFormat> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IAuditTarget Target, TargetMonitor Monitor)> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bad = new(StringComparer.Ordinal);
    private readonly OpenFiles _files = new(parts, shared, settings);

    /// <summary>The table; <see langword="null"/> when something does not fit, which is then among the problems.</summary>
    public RouteTable? Build()
    {
        var routes = new Dictionary<string, Route>(StringComparer.Ordinal);
        if (settings.Enabled)
        {
            foreach (var (function, file) in settings.FileNames) routes[function] = BuildRoute(function, file);
            var test = new SelfTest(settings, problems);
            foreach (var directory in _files.ByDirectory) test.Run(directory.Key, directory);
        }
        IAuditTarget[] targets = [.. _files.All.Select(file => new FileTarget(file.Log, FlushTimeout)), .. _targets.Values.Select(target => target.Target)];
        IDisposable[] owned = [.. _files.All.Select(file => file.Log), .. _targets.Values.Select(target => target.Target)];
        if (problems.Exists(problem => !problem.IsWarning))
        {
            foreach (IDisposable item in owned) item.Dispose();
            return null;
        }
        TargetMonitor[] monitors = [.. _files.All.Select(file => file.Monitor), .. _targets.Values.Select(target => target.Monitor)];
        return new RouteTable(settings, routes, targets, monitors, owned, failure => parts.Diagnostics.Report("close", $"A target could not be closed: {failure.Message}"));
    }

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(10);

    private Route BuildRoute(string function, Sourced<string> file)
    {
        FunctionSettings own = settings.ForFunction(function);
        AuditFunction definition = shared.Registry.TryGetFunction(function, out AuditFunction? known) ? known : new AuditFunction { Name = function };
        RouteTarget[] targets = [.. Stops(own.Targets, own, file).OrderBy(stop => stop.IsForeign)];
        if (targets.Length > 0 && !targets.Any(target => target.IsRequired))
            problems.Add(new(file.Place.File, file.Place.Line, $"only targets with Required=no for \"{function}\"", "at least one target that is required"));
        return new Route(definition, own, targets, [.. Stops(own.Fallback, own, file)], shared.LossesOf(file.Value), new Redactor(settings.Redaction, own.Redact));
    }

    private IEnumerable<RouteTarget> Stops(IEnumerable<string> names, FunctionSettings own, Sourced<string> file)
    {
        foreach (string name in names)
        {
            PartSection section = settings.Targets[name];
            string format = section.Texts.TryGetValue("Format", out Sourced<string> set) ? set.Value : own.Format;
            if (FormatOf(format, file.Place) is not { } formatter) continue;
            RouteTarget? stop = section.Type == PartSections.FileTarget ? ToFile(file, section, format, formatter, own) : ToTarget(name, section, formatter);
            if (stop is not null) yield return stop with { IsRequired = section.IsRequired };
        }
    }

    private RouteTarget? ToFile(Sourced<string> file, PartSection section, string format, IAuditFormat formatter, FunctionSettings own)
    {
        string? directory = section.Texts.TryGetValue(OpenFiles.DirectoryKey, out Sourced<string> elsewhere) ? elsewhere.Value : null;
        OpenFile open = _files.Open(directory, file.Value, format, formatter);
        if (open.Format == format) return new RouteTarget(new FileTarget(open.Log, own.WriteTimeout.ToTimeSpan()), formatter, open.Monitor);
        problems.Add(new(file.Place.File, file.Place.Line, $"\"{file.Value}\" in the formats {open.Format} and {format}", "one format for one file"));
        return null;
    }

    private RouteTarget? ToTarget(string name, PartSection section, IAuditFormat formatter)
    {
        if (!_targets.TryGetValue(name, out var known))
        {
            // Tried once: several functions that go there shall not complain of it several times.
            if (_bad.Contains(name)) return null;
            if (Create(shared.Registry.Targets[section.Type], name, section) is not { } target)
            {
                _bad.Add(name);
                return null;
            }
            known = (target, new TargetMonitor(name, shared.LossesOf(name), parts.Clock, target: target));
            _targets.Add(name, known);
        }
        return new RouteTarget(known.Target, formatter, known.Monitor) { IsForeign = true };
    }

    private IAuditFormat? FormatOf(string name, SettingsPlace place)
    {
        if (_formats.TryGetValue(name, out IAuditFormat? known)) return known;
        PartSection section = settings.Formats.TryGetValue(name, out PartSection? own)
            ? own
            : new PartSection(name, new Dictionary<string, Sourced<string>>(), new Dictionary<string, IReadOnlyList<IniEntry>>(), place);
        IAuditFormat? format = section.Type == PartSections.ClassicFormat ? new ClassicFormat(settings.TimeZone) : Create(shared.Registry.Formats[section.Type], name, section);
        if (format is not null) _formats.Add(name, format);
        return format;
    }

    private T? Create<T>(AuditPartType<T> type, string name, PartSection section) where T : class
    {
        var own = new AuditPartSettings(
            name,
            section.Texts.ToDictionary(text => text.Key, text => text.Value.Value, StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyList<string> (array) => [.. array.Value.Select(item => item.Value)], StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyDictionary<string, string> (array) => NamedEntries(array.Value), StringComparer.Ordinal))
        {
            Root = settings.Root,
            TimeZone = settings.TimeZone.Id,
            Report = message => parts.Diagnostics.Report($"{name}: {message}", $"{name}: {message}"),
        };
        try
        {
            return type.Create(own);
        }
        catch (AuditPartSettingsException failure)
        {
            problems.Add(Describe(section, failure));
        }
        catch (Exception failure)
        {
            // Any exception: it is a plugin's code, and its fault must come with its place.
            problems.Add(new(section.Place.File, section.Place.Line, $"type {section.Type}, which could not be made: {failure.Message}", "a type that can be made"));
        }
        return null;
    }

    private static Dictionary<string, string> NamedEntries(IReadOnlyList<IniEntry> entries) =>
        entries.Where(entry => entry.Name is not null).ToDictionary(entry => entry.Name!, entry => entry.Value, StringComparer.Ordinal);

    private static AuditSettingsProblem Describe(PartSection section, AuditPartSettingsException failure)
    {
        if (failure.Entry is not null && section.Arrays.GetValueOrDefault(failure.Key)?.FirstOrDefault(entry => entry.Name == failure.Entry) is { Name: not null } entry)
            return new(entry.Place.File, entry.Place.Line, $"{failure.Key}[{entry.Name}]={entry.Value}", failure.Wanted);
        SettingsPlace place = section.Texts.TryGetValue(failure.Key, out Sourced<string> text) ? text.Place : section.Place;
        return new(place.File, place.Line, $"{failure.Key}={text.Value}", failure.Wanted);
    }
}
