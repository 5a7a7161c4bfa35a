using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Cli.Functions;

/// <summary>Asks the plugins of assemblies which functions they bring.</summary>
internal static class PluginCatalogue
{
    public const string OwnAssembly = "EzAudit.Plugins";

    public static IReadOnlyList<AuditFunction> FunctionsOf(IEnumerable<string> assemblies)
    {
        var registry = new AuditRegistry();
        foreach (string name in assemblies)
        {
            foreach (Type type in Load(name).GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAuditPlugin))))
                ((IAuditPlugin)Activator.CreateInstance(type)!).Register(registry);
        }
        return [.. registry.Functions];
    }

    private static Assembly Load(string name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException)
        {
            throw new ToolException("--plugin", $"\"{name}\", which could not be loaded", "the name of an assembly in the directory that --plugin-dir names");
        }
    }
}
