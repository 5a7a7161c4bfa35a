using EzAudit.Extensibility;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;

namespace EzAudit.Writing.Building;

/// <summary>Builds the routes of one reading of the settings, sharing files, targets and formats between them.</summary>
internal sealed class RouteBuilder
{
    private readonly WriterOptions _options;
    private readonly WriterServices _services;
    private readonly AuditSettings _settings;
    private readonly SettingsProblems _problems;
    private readonly ComponentFactory _components;
    private readonly OpenSealers _sealers;
    private readonly OpenFiles _files;
    private readonly Dictionary<string, (IAuditTarget Target, TargetMonitor Monitor)> _targets = new(StringComparer.Ordinal);

    private RouteBuilder(WriterOptions options, WriterServices services, AuditSettings settings, SettingsProblems problems)
    {
        (_options, _services, _settings, _problems) = (options, services, settings, problems);
        _components = ComponentFactory.OfWriter(options, services, settings, problems);
        _sealers = new OpenSealers(options, services, settings, _components);
        _files = new OpenFiles(options, services, settings, _sealers);
    }

    /// <summary>
    /// Builds the routes and tests what they will need; returns <see langword="null"/> if there are errors. Log files are not opened before their first
    /// records.
    /// </summary>
    public static RouteTable? Build(WriterOptions options, WriterServices services, ComposedSettings composed) =>
        composed.Settings is { } settings ? new RouteBuilder(options, services, settings, composed.Problems).Build() : null;

    private RouteTable? Build()
    {
        var routes = new Dictionary<string, Route>(StringComparer.Ordinal);
        Dictionary<string, Route> matched = [];
        if (_settings.Enabled)
        {
            foreach (var (function, file) in _settings.FileNames) routes[function] = BuildRoute(function, file);
            matched = CatchAllRoutes(routes);
            var test = new SelfTest(_settings, _problems);
            foreach (var directory in _files.ByDirectory) test.Run(directory.Key, [.. directory]);
        }
        IReadOnlyDictionary<Type, object> sections = _components.ReadSections();
        _sealers.CheckSettings();
        IDisposable[] owned = [.. _files.Rented, .. _sealers.Rented, .. _targets.Values.Select(target => target.Target)];
        if (_problems.HasErrors)
        {
            foreach (IDisposable item in owned) item.Dispose();
            return null;
        }
        _sealers.Start();
        RouteTarget[] targets = [.. routes.Values.Concat(matched.Values).SelectMany(route => route.Targets.Concat(route.Fallback)).DistinctBy(target => target.Monitor).OrderBy(target => target.File is null)];
        return new RouteTable(_settings, routes, targets, owned, failure => _options.Diagnostics.Report("close", $"A target could not be closed: {failure.Message}"))
        {
            PluginSettings = sections,
            CatchAllRoutes = matched,
        };
    }

    // Functions that * matches and that have a section or a definition of their own.
    private Dictionary<string, Route> CatchAllRoutes(Dictionary<string, Route> routes)
    {
        var matched = new Dictionary<string, Route>(StringComparer.Ordinal);
        if (!routes.TryGetValue(RouteTable.CatchAll, out Route? all)) return matched;
        foreach (string name in _settings.Functions.Keys.Where(name => !routes.ContainsKey(name))) matched[name] = BuildRoute(name, _settings.FileNames[RouteTable.CatchAll]);
        foreach (AuditFunction defined in _services.Registry.Functions.Where(function => !routes.ContainsKey(function.Name)))
            matched.TryAdd(defined.Name, all with { Function = defined });
        return matched;
    }

    private Route BuildRoute(string function, LocatedText file)
    {
        FunctionSettings own = _settings.ForFunction(function);
        AuditFunction definition = _services.Registry.TryGetFunction(function, out AuditFunction? known) ? known : new AuditFunction { Name = function };
        RouteTarget[] targets = WithoutDuplicates(function, file, TargetsOf(own.Targets, own, file)).OrderBy(target => target.File is null).ToArray();
        if (targets.Length > 0 && !targets.Any(target => target.IsRequired))
            _problems.Add(file.Place, $"only targets with Required=no for \"{function}\"", "at least one required target");
        RouteTarget[] fallback = [.. TargetsOf(own.Fallback, own, file)];
        foreach (RouteTarget same in fallback.Where(alternative => targets.Any(target => target.Monitor == alternative.Monitor)))
            _problems.Add(file.Place, $"a fallback of \"{function}\" that is also its target, {same.Monitor.Name}", "another target, ideally on another disk");
        return new Route(definition, own, targets, fallback, _services.LossesOf(file.Value), new Redactor(_settings.Redaction, own.Redact));
    }

    // Otherwise two names for one file would write each record twice.
    private IEnumerable<RouteTarget> WithoutDuplicates(string function, LocatedText file, IEnumerable<RouteTarget> targets)
    {
        foreach (IGrouping<TargetMonitor, RouteTarget> same in targets.GroupBy(target => target.Monitor))
        {
            if (same.Skip(1).Any())
                _problems.Warn(file.Place, $"targets of \"{function}\" that are the same file, {same.Key.Path}", "each file once: each record is written there once");
            yield return same.FirstOrDefault(target => target.IsRequired) ?? same.First();
        }
    }

    private IEnumerable<RouteTarget> TargetsOf(IEnumerable<string> names, FunctionSettings own, LocatedText file)
    {
        foreach (string name in names)
        {
            ComponentSection section = _settings.Targets[name];
            string format = section.Text(ComponentSection.Format) ?? DefaultFormatOf(section) ?? own.Format;
            if ((section.IsFile || GetsBytesOfFile(section) ? _components.FormatOf(format, file) : _components.FormatOf(format, file.Place)) is not { } formatter) continue;
            RouteTarget? target = section.IsFile ? CreateFileTarget(file, section, format, formatter, own) : CreatePluginTarget(name, section, formatter);
            if (target is not null) yield return target with { IsRequired = section.IsRequired };
        }
    }

    // The ledger vouches for what a receiver has only if it is what the log file has, also the function in a file of several.
    private bool GetsBytesOfFile(ComponentSection section) => _settings.Seal.Enabled && _services.Registry.Targets.GetValueOrDefault(section.Type) is { SpoolsRecords: true };

    private string? DefaultFormatOf(ComponentSection section) => _services.Registry.Targets.TryGetValue(section.Type, out AuditComponentType<IAuditTarget>? type) ? type.Format : null;

    private RouteTarget? CreateFileTarget(LocatedText file, ComponentSection section, string format, IAuditFormat formatter, FunctionSettings own)
    {
        OpenFile open = _files.Open(section.Text(ComponentSection.Directory), file.Value, format, formatter);
        open.Monitor.LimitTimeout(own.WriteTimeout.ToTimeSpan());
        if (open.Format == format) return new RouteTarget(formatter, open.Monitor) { File = open.Log, Sealer = open.Sealer };
        _problems.Add(file.Place, $"\"{file.Value}\" in the formats {open.Format} and {format}", "one format for one file");
        return null;
    }

    private RouteTarget? CreatePluginTarget(string name, ComponentSection section, IAuditFormat formatter)
    {
        if (!_targets.TryGetValue(name, out var known))
        {
            if (_components.Create(_services.Registry.Targets[section.Type], name, section) is not { } target) return null;
            known = (target, new TargetMonitor(name, _services.LossesOf(name), _options.Clock, target: target));
            _targets.Add(name, known);
        }
        return new RouteTarget(formatter, known.Monitor) { Plugin = known.Target };
    }
}
