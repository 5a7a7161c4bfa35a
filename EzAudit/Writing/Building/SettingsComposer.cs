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
        _source = source with { IsSpecialFile = Statx.IsSpecialFile, IsForeign = Ownership.IsForeign, Look = Statx.Look };
        _given = given;
        _registry = registry;
        _plugins = new PluginLoader(registry);
        foreach (AuditFunction function in OwnFunctions.All) registry.AddFunction(function);
        BuiltInFormats.AddTo(registry);
    }

    /// <summary>Reads and checks the settings as they are now.</summary>
    public ComposedSettings Compose()
    {
        var problems = new SettingsProblems();
        foreach (IAuditPlugin plugin in _given) _plugins.Register(plugin, new SettingsPlace("code"), problems);
        SettingsDocument document = SettingsReader.Read(_source, problems);
        foreach (LocatedText assembly in document.Plugins) _plugins.Load(assembly, problems);
        return new ComposedSettings(document, SettingsChecker.Check(document, Vocabulary(), problems), problems);
    }

    private SettingsVocabulary Vocabulary()
    {
        var targets = _registry.Targets.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal);
        targets[ComponentSection.FileTarget] = [ComponentSection.Directory];
        return new SettingsVocabulary(
            targets,
            _registry.Formats.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
            [.. _registry.Settings.Select(section => SchemaSection.OfPlugin(section.Key, section.Value.Part.Keys))]);
    }
}

/// <summary>One reading of the settings.</summary>
/// <param name="Document">The files as they were read.</param>
/// <param name="Settings">The settings; <see langword="null"/> if any problem is more than a warning.</param>
/// <param name="Problems">All problems; building routes from the settings adds to them.</param>
internal sealed record ComposedSettings(SettingsDocument Document, AuditSettings? Settings, SettingsProblems Problems);
