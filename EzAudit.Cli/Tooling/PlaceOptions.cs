using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace EzAudit.Cli.Tooling;

/// <summary>The options that identify the audit trail: the root, the siteaccess, and the directory of plugins.</summary>
internal sealed class PlaceOptions
{
    private const string RootVariable = "EZAUDIT_ROOT";

    private readonly Option<string?> _root = new("--root")
    {
        Description = "Directory that contains settings/; defaults to EZAUDIT_ROOT, then to the current directory",
        HelpName = "DIR",
        Recursive = true,
    };
    private readonly Option<string?> _siteAccess = new("--siteaccess")
    {
        Description = "Active siteaccess; defaults to EZAUDIT_SITEACCESS",
        HelpName = "NAME",
        Recursive = true,
    };
    private readonly Option<string?> _plugins = new("--plugin-dir")
    {
        Description = "Directory with the assemblies of the plugins that audit.ini names, such as the application's own directory",
        HelpName = "DIR",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_root);
        command.Add(_siteAccess);
        command.Add(_plugins);
    }

    /// <summary>Whether the command line names a root.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_root) is not null;

    /// <summary>The root, which must have settings.</summary>
    public string RootOf(ParseResult parsed)
    {
        string root = PathOfRoot(parsed);
        if (Directory.Exists(Path.Combine(root, "settings"))) return root;
        throw new ToolException("--root", $"{root} has no directory settings; name the root of the application, or log files as arguments");
    }

    /// <summary>The root, whether or not it exists.</summary>
    public string PathOfRoot(ParseResult parsed) => Path.GetFullPath(
        parsed.GetValue(_root)
        ?? (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named ? named : Directory.GetCurrentDirectory()));

    /// <summary>Whether a file is below the root. Only then are the settings read, which takes as long as searching a small file.</summary>
    public bool IsBelowRoot(ParseResult parsed, string file) => Path.GetFullPath(file).StartsWith(PathOfRoot(parsed) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether the root has settings.</summary>
    public bool HasSettings(ParseResult parsed) => Directory.Exists(Path.Combine(PathOfRoot(parsed), "settings"));

    public string? SiteAccessOf(ParseResult parsed) => parsed.GetValue(_siteAccess);

    /// <summary>The log of the root.</summary>
    public AuditLogReader OpenLog(ParseResult parsed)
    {
        UsePlugins(parsed);
        // One command writes one audit-read record, no matter how often it reads.
        return AuditLogReader.Open(RootOf(parsed), new AuditLogReaderOptions { SiteAccess = SiteAccessOf(parsed), RecordsReadings = false });
    }

    /// <summary>The log of the root; <see langword="null"/> if there is none or its settings cannot be used.</summary>
    public AuditLogReader? TryOpenLog(ParseResult parsed)
    {
        if (!HasSettings(parsed)) return null;
        try
        {
            return OpenLog(parsed);
        }
        catch (Exception failure) when (failure is AuditSettingsException or IOException or UnauthorizedAccessException)
        {
            // The files can be read without these settings, and the user did not ask for them.
            return null;
        }
    }

    public AuditInspection Inspect(ParseResult parsed)
    {
        UsePlugins(parsed);
        return AuditInspection.Of(RootOf(parsed), SiteAccessOf(parsed));
    }

    public AuditWriter OpenWriter(ParseResult parsed)
    {
        UsePlugins(parsed);
        var builder = new AuditWriterBuilder(RootOf(parsed)) { RecordsStartAndStop = false };
        if (SiteAccessOf(parsed) is { } siteAccess) builder.SiteAccess = siteAccess;
        return builder.Build();
    }

    /// <summary>Loads plugins from <c>--plugin-dir</c>. Only on request, because their code runs with the rights of the user.</summary>
    public void UsePlugins(ParseResult parsed)
    {
        if (parsed.GetValue(_plugins) is not { } directory) return;
        if (!RuntimeFeature.IsDynamicCodeSupported) throw new ToolException("--plugin-dir", "this native build of ezaudit cannot load plugins; use the .NET tool");
        string path = Path.GetFullPath(directory);
        if (!Directory.Exists(path)) throw new ToolException("--plugin-dir", $"{path} is not a directory");
        AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, path, name);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Never called in a native build.")]
    private static Assembly? Load(AssemblyLoadContext context, string directory, AssemblyName name)
    {
        string file = Path.Combine(directory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
