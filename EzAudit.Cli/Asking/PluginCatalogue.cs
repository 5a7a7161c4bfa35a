using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EzAudit.Cli.Tooling;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Cli.Asking;

/// <summary>Lists the functions that plugins define. A plugin is named by its class, with or without "Plugin"; an assembly name means all of its plugins.</summary>
internal static class PluginCatalogue
{
    public const string OwnAssembly = "EzAudit.Plugins";
    private const string Suffix = "Plugin";
    private const string Kept = "A native build keeps the built-in plugins whole and loads no others.";

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Kept)]
    public static IReadOnlyList<AuditFunction> FunctionsOf(IEnumerable<string> names)
    {
        var registry = new AuditRegistry();
        foreach (Type plugin in names.SelectMany(PluginsOf).Distinct()) ((IAuditPlugin)Activator.CreateInstance(plugin)!).Register(registry);
        return [.. registry.Functions];
    }

    /// <summary>The distinct assemblies of the named plugins.</summary>
    public static IReadOnlyList<string> AssembliesOf(IEnumerable<string> names) =>
        [.. names.SelectMany(PluginsOf).Select(plugin => plugin.Assembly.GetName().Name!).Distinct()];

    private static IEnumerable<Type> PluginsOf(string name)
    {
        Type[] own = PluginsIn(Assembly.Load(OwnAssembly));
        if (own.FirstOrDefault(plugin => IsCalled(plugin, name)) is { } plugin) return [plugin];
        try
        {
            return PluginsIn(Assembly.Load(new AssemblyName(name)));
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException)
        {
            string plugins = string.Join(", ", own.Select(known => known.Name).Order(StringComparer.Ordinal));
            throw new ToolException("--plugin", $"\"{name}\" could not be loaded; use one of {plugins}, or the name of an assembly in the directory given by --plugin-dir");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Kept)]
    private static Type[] PluginsIn(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAuditPlugin)))];

    private static bool IsCalled(Type plugin, string name) =>
        plugin.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || plugin.Name.Equals(name + Suffix, StringComparison.OrdinalIgnoreCase);
}
