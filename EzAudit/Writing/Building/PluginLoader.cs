using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Settings.Ini;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Finds the plugins in assemblies that audit.ini names, and registers plugins, each completely or not at all.</summary>
internal sealed class PluginLoader(AuditRegistry registry)
{
    private const string AddedInCode = "AddPlugin<T>() in code for its plugins: this application was built without loading plugins by name (EzAuditLoadPluginsByName)";

    private const string Expected = "the name of an assembly beside the application that contains plugins (public, with a parameterless constructor)";

    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _registered = [];

    [SuppressMessage("Trimming", "IL4000", Justification = "The switch is set by the application that is trimmed; nothing in the library tells it.")]
    [FeatureSwitchDefinition("EzAudit.LoadPluginsByName")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    private static bool LoadsByName => !AppContext.TryGetSwitch("EzAudit.LoadPluginsByName", out bool isOn) || isOn;

    /// <summary>Registers a plugin given in code. Ignores a second one of the same type.</summary>
    public void Register(IAuditPlugin plugin, SettingsPlace place, SettingsProblems problems)
    {
        if (!_registered.Add(plugin.GetType())) return;
        var own = new AuditRegistry();
        try
        {
            plugin.Register(own);
            registry.Include(own);
        }
        catch (Exception failure)
        {
            // Catches any exception, because it is the plugin author's code, and reports it with the plugin's name.
            _registered.Remove(plugin.GetType());
            problems.Add(place, $"plugin {plugin.GetType().FullName}, which failed to register: {failure.Message}", "a plugin that registers");
        }
    }

    /// <summary>Loads an assembly once and registers its plugins.</summary>
    public void Load(LocatedText name, SettingsProblems problems)
    {
        if (_assemblies.Contains(name.Value)) return;
        if (!LoadsByName)
        {
            if (!_registered.Any(plugin => plugin.Assembly.GetName().Name == name.Value)) problems.Add(name.Place, $"\"{name.Value}\", which was not added in code", AddedInCode);
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
}

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
