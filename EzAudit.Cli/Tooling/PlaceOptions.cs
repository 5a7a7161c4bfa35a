using System.CommandLine;
using System.Reflection;
using System.Runtime.Loader;

namespace EzAudit.Cli.Tooling;

/// <summary>The options that say whose audit trail it is: root, siteaccess, and where plugins lie.</summary>
internal sealed class PlaceOptions
{
    private const string RootVariable = "EZAUDIT_ROOT";

    private readonly Option<string?> _root = new("--root")
    {
        Description = "The directory that holds settings/; else EZAUDIT_ROOT, else the current directory",
        HelpName = "DIR",
        Recursive = true,
    };
    private readonly Option<string?> _siteAccess = new("--siteaccess")
    {
        Description = "The active siteaccess; else EZAUDIT_SITEACCESS",
        HelpName = "NAME",
        Recursive = true,
    };
    private readonly Option<string?> _plugins = new("--plugin-dir")
    {
        Description = "A directory with the assemblies of plugins that audit.ini names, such as the application's own",
        HelpName = "DIR",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_root);
        command.Add(_siteAccess);
        command.Add(_plugins);
    }

    /// <summary>Whether a root was named on the command line.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_root) is not null;

    /// <summary>The root, which has settings; else says what was looked for.</summary>
    public string RootOf(ParseResult parsed)
    {
        string root = Guess(parsed);
        if (Directory.Exists(Path.Combine(root, "settings"))) return root;
        throw new ToolException("--root", $"no directory settings in {root}", "the directory of the application whose audit trail it is, or log files as arguments");
    }

    /// <summary>The root, whether anything is there or not.</summary>
    public string Guess(ParseResult parsed) => Path.GetFullPath(
        parsed.GetValue(_root)
        ?? (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named ? named : Directory.GetCurrentDirectory()));

    /// <summary>Whether a file lies in the root, so that its settings, which take as long to read as a small file does to search, may know of it.</summary>
    public bool Holds(ParseResult parsed, string file) => Path.GetFullPath(file).StartsWith(Guess(parsed) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    public string? SiteAccessOf(ParseResult parsed) => parsed.GetValue(_siteAccess);

    /// <summary>The log of the root.</summary>
    public AuditLog OpenLog(ParseResult parsed)
    {
        UsePlugins(parsed);
        AuditLog log = AuditLog.Open(RootOf(parsed), SiteAccessOf(parsed));
        // A command is one record, however often it reads.
        log.RecordsReadings = false;
        return log;
    }

    /// <summary>The log of the root; <see langword="null"/> where there is none, or its settings cannot be used.</summary>
    public AuditLog? TryOpenLog(ParseResult parsed)
    {
        if (!Directory.Exists(Path.Combine(Guess(parsed), "settings"))) return null;
        try
        {
            return OpenLog(parsed);
        }
        catch (Exception failure) when (failure is AuditSettingsException or IOException or UnauthorizedAccessException)
        {
            // Files can be read without them, and nobody asked for these.
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

    /// <summary>Lets plugins be found that are not the tool's own. Only where one asks for it: it runs their code as the one who called.</summary>
    public void UsePlugins(ParseResult parsed)
    {
        if (parsed.GetValue(_plugins) is not { } directory) return;
        string path = Path.GetFullPath(directory);
        if (!Directory.Exists(path)) throw new ToolException("--plugin-dir", path, "a directory");
        AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, path, name);
    }

    private static Assembly? Load(AssemblyLoadContext context, string directory, AssemblyName name)
    {
        string file = Path.Combine(directory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
