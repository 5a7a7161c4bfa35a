using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;
using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Makes routes of what the settings say and the plugins bring: at the start and at every reload.</summary>
internal sealed class Composer : IDisposable
{
    private readonly WriterParts _parts;
    private readonly AuditRegistry _registry = new();
    private readonly PluginLoader _plugins;
    private readonly LeaseKeeper _keeper = new();

    public Composer(WriterParts parts)
    {
        _parts = parts;
        _plugins = new PluginLoader(_registry);
    }

    /// <summary>The functions that plugins define.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _registry.Functions;

    /// <summary>Reads, checks and builds. No target is opened: that is left to the first record.</summary>
    public CompositionResult Compose()
    {
        var problems = new List<AuditSettingsProblem>();
        foreach (IAuditPlugin plugin in _parts.Plugins) _plugins.Register(plugin, new SettingsPlace("code", 0), problems);
        SettingsDocument document = SettingsReader.Read(_parts.Source);
        foreach (Sourced<string> assembly in document.Plugins) _plugins.Load(assembly, problems);

        SettingsResult result = SettingsChecker.Check(document, Vocabulary());
        problems.AddRange(result.Problems);
        if (result.Settings is null || problems.Exists(problem => !problem.IsWarning)) return new CompositionResult(null, problems, document);

        RouteTable? table = new RouteBuilder(_parts, _registry, _keeper, result.Settings, problems).Build();
        return new CompositionResult(table, problems, document);
    }

    /// <summary>To be called when every table is closed.</summary>
    public void Dispose() => _keeper.Dispose();

    private SettingsVocabulary Vocabulary() => new(
        _registry.Targets.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
        _registry.Formats.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal));
}
