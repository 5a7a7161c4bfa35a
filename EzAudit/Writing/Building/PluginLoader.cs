using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Finds the plugins of assemblies that audit.ini names, and lets plugins register: each one wholly or not at all.</summary>
internal sealed class PluginLoader(AuditRegistry registry)
{
    private const string Expected = "the name of an assembly beside the application that holds plugins (public, with a parameterless constructor)";

    private const string Trimmed = "What was trimmed away is reported as missing; trimmed applications give their plugins by code.";

    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _registered = [];

    /// <summary>Lets a plugin register that was given by code. A second of the same type is left out.</summary>
    public void Register(IAuditPlugin plugin, SettingsPlace place, List<AuditSettingsProblem> problems)
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
            // Any exception: it is the plugin author's code, and its fault must come with its name.
            _registered.Remove(plugin.GetType());
            problems.Add(new(place.File, place.Line, $"plugin {plugin.GetType().FullName}, which failed to register: {failure.Message}", "a plugin that registers"));
        }
    }

    /// <summary>Loads an assembly once and lets its plugins register.</summary>
    public void Load(Located<string> name, List<AuditSettingsProblem> problems)
    {
        if (_assemblies.Contains(name.Value)) return;
        List<IAuditPlugin> plugins;
        try
        {
            plugins = Instantiate(name.Value);
        }
        catch (Exception failure)
        {
            problems.Add(new(name.Place.File, name.Place.Line, $"\"{name.Value}\", which cannot be loaded: {(failure.InnerException ?? failure).Message}", Expected));
            return;
        }
        if (plugins.Count == 0)
        {
            problems.Add(new(name.Place.File, name.Place.Line, $"\"{name.Value}\", which holds no plugin", Expected));
            return;
        }
        int before = problems.Count;
        foreach (IAuditPlugin plugin in plugins) Register(plugin, name.Place, problems);
        if (problems.Count == before) _assemblies.Add(name.Value);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimmed)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Trimmed)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Trimmed)]
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Where the assembly has no file of its own there is none to look at.")]
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

/// <summary>Looks at the file of a plugin before its code runs: whoever can change it runs what they like as this process's user.</summary>
internal static class PluginFile
{
    /// <summary>Why it must not be run; <see langword="null"/> when it may.</summary>
    /// <param name="path">The file; empty where the assembly has none of its own, in an application of one file.</param>
    /// <param name="application">The application's own directory, whose owner is trusted.</param>
    public static string? TroubleOf(string path, string application)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0 || Ownership.Of(path) is not { } file) return null;
        if (file.IsWritableByAll) return $"every user can write to its file {path} ({file.Octal})";
        string directory = Path.GetDirectoryName(path)!;
        if (Ownership.Of(directory) is { IsOpenToAll: true } open) return $"every user can write to its directory {directory} ({open.Octal})";
        return file.IsTrusted || Ownership.Of(application)?.UserId == file.UserId
            ? null
            : $"its file {path} belongs to user {file.UserId}, not to user {Ownership.OwnUserId}, as whom this process runs, to root or to the owner of the application";
    }
}
