using EzAudit.Extensibility;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sections;

namespace EzAudit.Writing.Building;

/// <summary>Builds the routes of one reading of the settings, sharing files, targets and formats between them.</summary>
internal sealed class RouteBuilder(WriterOptions parts, WriterServices shared, AuditSettings settings, List<AuditSettingsProblem> problems)
{
    private readonly ComponentFactory _parts = new(shared.Registry, settings, problems)
    {
        IsTrial = parts.IsTrial,
        Report = (name, message) => parts.Diagnostics.Report($"{name}: {message}", $"{name}: {message}"),
    };
    private readonly Dictionary<string, (IAuditTarget Target, TargetMonitor Monitor)> _targets = new(StringComparer.Ordinal);
    private readonly OpenFiles _files = new(parts, shared, settings);

    /// <summary>The table; <see langword="null"/> if the settings are inconsistent, which is added to the problems.</summary>
    public RouteTable? Build()
    {
        var routes = new Dictionary<string, Route>(StringComparer.Ordinal);
        Dictionary<string, Route> caught = [];
        if (settings.Enabled)
        {
            foreach (var (function, file) in settings.FileNames) routes[function] = BuildRoute(function, file);
            caught = Caught(routes);
            var test = new SelfTest(settings, problems);
            foreach (var directory in _files.ByDirectory) test.Run(directory.Key, [.. directory]);
        }
        IReadOnlyDictionary<Type, object> sections = _parts.ReadSections();
        IAuditTarget[] targets = [.. _files.All.Select(file => new FileTarget(file.Log, FlushTimeout)), .. _targets.Values.Select(target => target.Target)];
        IDisposable[] owned = [.. _files.Rented, .. _targets.Values.Select(target => target.Target)];
        if (problems.Exists(problem => !problem.IsWarning))
        {
            foreach (IDisposable item in owned) item.Dispose();
            return null;
        }
        TargetMonitor[] monitors = [.. _files.All.Select(file => file.Monitor), .. _targets.Values.Select(target => target.Monitor)];
        return new RouteTable(settings, routes, targets, monitors, owned, failure => parts.Diagnostics.Report("close", $"A target could not be closed: {failure.Message}"))
        {
            PluginSettings = sections,
            Caught = caught,
        };
    }

    // Functions that * matches and that have a section or a definition of their own.
    private Dictionary<string, Route> Caught(Dictionary<string, Route> routes)
    {
        var caught = new Dictionary<string, Route>(StringComparer.Ordinal);
        if (!routes.TryGetValue(RouteTable.CatchAll, out Route? all)) return caught;
        foreach (string name in settings.Functions.Keys.Where(name => !routes.ContainsKey(name))) caught[name] = BuildRoute(name, settings.FileNames[RouteTable.CatchAll]);
        foreach (AuditFunction defined in shared.Registry.Functions.Where(function => !routes.ContainsKey(function.Name)))
            caught.TryAdd(defined.Name, all with { Function = defined });
        return caught;
    }

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(10);

    private Route BuildRoute(string function, Located<string> file)
    {
        FunctionSettings own = settings.ForFunction(function);
        AuditFunction definition = shared.Registry.TryGetFunction(function, out AuditFunction? known) ? known : new AuditFunction { Name = function };
        RouteTarget[] targets = Once(function, file, Stops(own.Targets, own, file)).OrderBy(stop => stop.IsForeign).ToArray();
        if (targets.Length > 0 && !targets.Any(target => target.IsRequired))
            problems.Add(new(file.Place.File, file.Place.Line, $"only targets with Required=no for \"{function}\"", "at least one required target"));
        RouteTarget[] fallback = [.. Stops(own.Fallback, own, file)];
        foreach (RouteTarget stop in fallback.Where(stop => targets.Any(target => target.Monitor == stop.Monitor)))
            problems.Add(new(file.Place.File, file.Place.Line, $"a fallback of \"{function}\" that is also its target, {stop.Monitor.Name}", "another target, ideally on another disk"));
        return new Route(definition, own, targets, fallback, shared.LossesOf(file.Value), new Redactor(settings.Redaction, own.Redact));
    }

    // Otherwise two names for one file would write each record twice.
    private IEnumerable<RouteTarget> Once(string function, Located<string> file, IEnumerable<RouteTarget> stops)
    {
        foreach (IGrouping<TargetMonitor, RouteTarget> same in stops.GroupBy(stop => stop.Monitor))
        {
            if (same.Skip(1).Any())
                problems.Add(new(file.Place.File, file.Place.Line, $"targets of \"{function}\" that are the same file, {same.Key.Path}", "each file once: each record is written there once", IsWarning: true));
            yield return same.FirstOrDefault(stop => stop.IsRequired) ?? same.First();
        }
    }

    private IEnumerable<RouteTarget> Stops(IEnumerable<string> names, FunctionSettings own, Located<string> file)
    {
        foreach (string name in names)
        {
            ComponentSection section = settings.Targets[name];
            string format = section.Texts.TryGetValue("Format", out Located<string>? set) ? set.Value : own.Format;
            bool isFile = section.Type == ComponentSections.FileTarget;
            if ((isFile ? _parts.FormatOf(format, file) : _parts.FormatOf(format, file.Place)) is not { } formatter) continue;
            RouteTarget? stop = isFile ? ToFile(file, section, format, formatter, own) : ToTarget(name, section, formatter);
            if (stop is not null) yield return stop with { IsRequired = section.IsRequired };
        }
    }

    private RouteTarget? ToFile(Located<string> file, ComponentSection section, string format, IAuditFormat formatter, FunctionSettings own)
    {
        string? directory = section.Texts.TryGetValue(OpenFiles.DirectoryKey, out Located<string>? elsewhere) ? elsewhere.Value : null;
        OpenFile open = _files.Open(directory, file.Value, format, formatter);
        TimeSpan timeout = own.WriteTimeout.ToTimeSpan();
        open.Monitor.Waits(timeout);
        if (open.Format == format) return new RouteTarget(new FileTarget(open.Log, timeout), formatter, open.Monitor);
        problems.Add(new(file.Place.File, file.Place.Line, $"\"{file.Value}\" in the formats {open.Format} and {format}", "one format for one file"));
        return null;
    }

    private RouteTarget? ToTarget(string name, ComponentSection section, IAuditFormat formatter)
    {
        if (!_targets.TryGetValue(name, out var known))
        {
            if (_parts.Create(shared.Registry.Targets[section.Type], name, section) is not { } target) return null;
            known = (target, new TargetMonitor(name, shared.LossesOf(name), parts.Clock, target: target));
            _targets.Add(name, known);
        }
        return new RouteTarget(known.Target, formatter, known.Monitor) { IsForeign = true };
    }
}
