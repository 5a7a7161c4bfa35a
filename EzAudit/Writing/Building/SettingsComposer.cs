using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Sealing.Anchors;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Reads and checks the settings, and registers the plugins given in code or named by audit.ini, each completely or not at all.</summary>
internal sealed class SettingsComposer
{
    private const string AddedInCode = "AddPlugin<T>() in code for its plugins: this application was built without loading plugins by name (EzAuditLoadPluginsByName)";

    private const string Expected = "the name of an assembly beside the application that contains plugins (public, with a parameterless constructor)";

    private readonly SettingsSource _source;
    private readonly IReadOnlyList<IAuditPlugin> _given;
    private readonly AuditRegistry _registry;
    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _plugins = [];

    public SettingsComposer(SettingsSource source, IReadOnlyList<IAuditPlugin> given, AuditRegistry registry)
    {
        _source = source with { IsSpecialFile = Statx.IsSpecialFile, IsForeign = Ownership.IsForeign, Look = Statx.Look };
        _given = given;
        _registry = registry;
        foreach (AuditFunction function in OwnFunctions.All) registry.AddFunction(function);
        BuiltInFormats.AddTo(registry);
        BuiltInAnchors.AddTo(registry);
    }

    [SuppressMessage("Trimming", "IL4000", Justification = "The switch is set by the application that is trimmed; nothing in the library tells it.")]
    [FeatureSwitchDefinition("EzAudit.LoadPluginsByName")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    private static bool LoadsByName => !AppContext.TryGetSwitch("EzAudit.LoadPluginsByName", out bool isOn) || isOn;

    /// <summary>Reads and checks the settings as they are now.</summary>
    public ComposedSettings Compose()
    {
        var problems = new SettingsProblems();
        foreach (IAuditPlugin plugin in _given) Register(plugin, new SettingsPlace("code"), problems);
        SettingsDocument document = SettingsReader.Read(_source, problems);
        foreach (LocatedText assembly in document.Plugins) Load(assembly, problems);
        return new ComposedSettings(document, SettingsChecker.Check(document, Vocabulary(), problems), problems);
    }

    // Ignores a second plugin of the same type.
    private void Register(IAuditPlugin plugin, SettingsPlace place, SettingsProblems problems)
    {
        if (!_plugins.Add(plugin.GetType())) return;
        var own = new AuditRegistry();
        try
        {
            plugin.Register(own);
            _registry.Include(own);
        }
        catch (Exception failure)
        {
            // Catches any exception, because it is the plugin author's code, and reports it with the plugin's name.
            _plugins.Remove(plugin.GetType());
            problems.Add(place, $"plugin {plugin.GetType().FullName}, which failed to register: {failure.Message}", "a plugin that registers");
        }
    }

    // Loads an assembly once and registers its plugins.
    private void Load(LocatedText name, SettingsProblems problems)
    {
        if (_assemblies.Contains(name.Value)) return;
        if (!LoadsByName)
        {
            if (!_plugins.Any(plugin => plugin.Assembly.GetName().Name == name.Value)) problems.Add(name.Place, $"\"{name.Value}\", which was not added in code", AddedInCode);
            return;
        }
        List<IAuditPlugin> plugins;
        try
        {
            plugins = Instantiate(name.Value);
        }
        catch (Exception failure)
        {
            problems.Add(name.Place, $"\"{name.Value}\", which cannot be loaded: {(failure.InnerException ?? failure).Message}", Expected);
            return;
        }
        if (plugins.Count == 0)
        {
            problems.Add(name.Place, $"\"{name.Value}\", which contains no plugin", Expected);
            return;
        }
        int before = problems.ErrorCount;
        foreach (IAuditPlugin plugin in plugins) Register(plugin, name.Place, problems);
        if (problems.ErrorCount == before) _assemblies.Add(name.Value);
    }

    [RequiresUnreferencedCode("Trimming does not see plugins that audit.ini names. Add them in code with AddPlugin<T>().")]
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An assembly without a file of its own needs no check of that file.")]
    private static List<IAuditPlugin> Instantiate(string assemblyName)
    {
        Assembly assembly = Assembly.Load(new AssemblyName(assemblyName));
        if (PluginFile.TroubleOf(assembly.Location, AppContext.BaseDirectory) is { } trouble) throw new UnauthorizedAccessException(trouble);
        var plugins = new List<IAuditPlugin>();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            if (typeof(IAuditPlugin).IsAssignableFrom(type) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
                plugins.Add((IAuditPlugin)Activator.CreateInstance(type)!);
        }
        return plugins;
    }

    private SettingsVocabulary Vocabulary()
    {
        var targets = _registry.Targets.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal);
        targets[ComponentSection.FileTarget] = [ComponentSection.Directory];
        return new SettingsVocabulary(
            targets,
            _registry.Formats.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
            [.. _registry.Settings.Select(section => SchemaSection.OfPlugin(section.Key, section.Value.Part.Keys))])
        {
            SignerTypes = _registry.SealSigners.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
            AnchorTypes = _registry.Anchors.ToDictionary(type => type.Key, type => type.Value.Keys, StringComparer.Ordinal),
        };
    }
}

/// <summary>One reading of the settings.</summary>
/// <param name="Document">The files as they were read.</param>
/// <param name="Settings">The settings; <see langword="null"/> if any problem is more than a warning.</param>
/// <param name="Problems">All problems; building routes from the settings adds to them.</param>
internal sealed record ComposedSettings(SettingsDocument Document, AuditSettings? Settings, SettingsProblems Problems);

/// <summary>Checks the file of a plugin before its code runs: anyone who can change it can run code as this process's user.</summary>
internal static class PluginFile
{
    /// <summary>Why the file must not be loaded; <see langword="null"/> if it may.</summary>
    /// <param name="path">The file; empty if the assembly has none of its own, as in a single-file application.</param>
    /// <param name="application">The directory of the application, whose owner is trusted.</param>
    public static string? TroubleOf(string path, string application)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0 || Ownership.Of(path) is not { } file) return null;
        if (file.IsWritableByAll) return $"every user can write to its file {path} ({file.Octal})";
        string directory = Path.GetDirectoryName(path)!;
        if (Ownership.Of(directory) is { IsOpenToAll: true } open) return $"every user can write to its directory {directory} ({open.Octal})";
        return file.IsTrusted || Ownership.Of(application)?.UserId == file.UserId
            ? null
            : $"its file {path} belongs to user {file.UserId}, not to user {Ownership.OwnUserId} (this process), to root or to the owner of the application";
    }
}
