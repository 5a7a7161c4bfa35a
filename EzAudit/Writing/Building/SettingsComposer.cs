using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Reads and checks the settings, including those of plugins given in code or named by audit.ini.</summary>
internal sealed class SettingsComposer
{
    private readonly SettingsSource _source;
    private readonly IReadOnlyList<IAuditPlugin> _given;
    private readonly AuditRegistry _registry;
    private readonly PluginLoader _plugins;

    public SettingsComposer(SettingsSource source, IReadOnlyList<IAuditPlugin> given, AuditRegistry registry)
    {
        _source = source with { IsSpecialFile = LinuxPath.IsSpecialFile, IsForeign = Ownership.IsForeign, Look = LinuxPath.Look };
        _given = given;
        _registry = registry;
        _plugins = new PluginLoader(registry);
        foreach (AuditFunction function in OwnFunctions.All) registry.AddFunction(function);
        BuiltInFormats.AddTo(registry);
    }

    /// <summary>Returns the settings if there are no problems other than warnings.</summary>
    public AuditSettings? Compose(List<AuditSettingsProblem> problems, out SettingsDocument document)
    {
        foreach (IAuditPlugin plugin in _given) _plugins.Register(plugin, new SettingsPlace("code", 0), problems);
        document = SettingsReader.Read(_source);
        foreach (Located<string> assembly in document.Plugins) _plugins.Load(assembly, problems);

        SettingsResult result = SettingsChecker.Check(document, Vocabulary());
        problems.AddRange(result.Problems);
        return problems.Exists(problem => !problem.IsWarning) ? null : result.Settings;
    }

    private SettingsVocabulary Vocabulary()
    {
        var targets = _registry.Targets.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal);
        targets[ComponentSections.FileTarget] = [OpenFiles.DirectoryKey];
        return new SettingsVocabulary(
            targets,
            _registry.Formats.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
            [.. _registry.Settings.Select(section => SchemaSection.OfPlugin(section.Key, section.Value.Part.Keys))]);
    }
}
