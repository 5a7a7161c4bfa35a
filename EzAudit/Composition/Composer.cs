using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;

namespace EzAudit.Composition;

/// <summary>Makes routes of what the settings say and the plugins bring: at the start and at every reload.</summary>
internal sealed class Composer
{
    private readonly WriterParts _parts;
    private readonly WriterShared _shared;
    private readonly PluginLoader _plugins;

    public Composer(WriterParts parts, WriterShared shared)
    {
        _parts = parts;
        _shared = shared;
        _plugins = new PluginLoader(shared.Registry);
        foreach (AuditFunction function in OwnFunctions.All) shared.Registry.AddFunction(function);
        BuiltInFormats.AddTo(shared.Registry);
    }

    /// <summary>Reads, checks, tries out and builds. Log files are left to their first records to open.</summary>
    public CompositionResult Compose()
    {
        var problems = new List<AuditSettingsProblem>();
        foreach (IAuditPlugin plugin in _parts.Plugins) _plugins.Register(plugin, new SettingsPlace("code", 0), problems);
        SettingsDocument document = SettingsReader.Read(_parts.Source);
        foreach (Sourced<string> assembly in document.Plugins) _plugins.Load(assembly, problems);

        SettingsResult result = SettingsChecker.Check(document, Vocabulary());
        problems.AddRange(result.Problems);
        if (result.Settings is null || problems.Exists(problem => !problem.IsWarning)) return new CompositionResult(null, problems, document);

        RouteTable? table = new RouteBuilder(_parts, _shared, result.Settings, problems).Build();
        return new CompositionResult(table, problems, document);
    }

    private SettingsVocabulary Vocabulary()
    {
        AuditRegistry registry = _shared.Registry;
        var targets = registry.Targets.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal);
        targets[PartSections.FileTarget] = [OpenFiles.DirectoryKey];
        return new SettingsVocabulary(targets, registry.Formats.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal));
    }
}
