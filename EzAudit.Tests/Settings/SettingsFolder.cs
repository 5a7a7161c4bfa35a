using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Settings;

/// <summary>A root with settings files, read and checked with the schema of one plugin.</summary>
internal sealed class SettingsFolder : IDisposable
{
    public const string Override = "settings/override/audit.ini.append.php";

    private readonly TempFolder _root = new();

    /// <summary>A root whose override has these lines below <c>[AuditSettings]</c>, which is line 1.</summary>
    public static SettingsFolder WithAuditSettings(params string[] lines) => WithOverride(["[AuditSettings]", .. lines]);

    /// <summary>A root whose override has these lines.</summary>
    public static SettingsFolder WithOverride(params string[] lines)
    {
        var folder = new SettingsFolder();
        folder.Write(Override, lines);
        return folder;
    }

    public static SettingsVocabulary Vocabulary { get; } = new(
        new Dictionary<string, IReadOnlyList<string>> { ["file"] = [], ["syslog"] = ["Host", "Tags"] },
        new Dictionary<string, IReadOnlyList<string>> { ["classic"] = [], ["json"] = [], ["pattern"] = ["Pattern"] },
        [])
    {
        AnchorTypes = new Dictionary<string, IReadOnlyList<string>> { ["file"] = ["Path"], ["console"] = [] },
        SignerTypes = new Dictionary<string, IReadOnlyList<string>> { ["kms"] = ["Address"] },
    };

    public string Path => _root.Path;

    public string? SiteAccess { get; init; }

    public Dictionary<string, string?>? Configuration { get; init; }

    /// <summary>Called whenever the configuration is read, after the files.</summary>
    public Action OnLook { get; init; } = static () => { };

    /// <summary>Called with the path of every file before it is opened.</summary>
    public Action<string> OnRead { get; set; } = static _ => { };

    /// <summary>Whether to look at files before reading them, as the writer does where the system reports enough.</summary>
    public bool LooksFirst { get; init; } = true;

    public SettingsSource Source => new(Path, SiteAccess, Configuration is null ? null : Look) 
    {
        IsSpecialFile = path =>
        {
            OnRead(path);
            return Statx.IsSpecialFile(path);
        },
        Look = LooksFirst ? Statx.Look : static _ => null,
    };

    /// <summary>The settings; fails if there is a problem, even a warning.</summary>
    public AuditSettings Settings
    {
        get
        {
            var (settings, problems) = Check();
            Assert.AreEqual("", string.Join('\n', problems));
            return settings!;
        }
    }

    /// <summary>All problems as the operator sees them, with warnings marked.</summary>
    public string[] Problems => [.. Check().Problems.Select(Show)];

    /// <summary>The only problem, without its file.</summary>
    public string Problem
    {
        get
        {
            AuditSettingsProblem problem = Check().Problems.Single();
            return $"{problem.Line}: {Show(problem)[(Show(problem).IndexOf("found", StringComparison.Ordinal))..]}{(problem.IsWarning ? " (warning)" : "")}";
        }
    }

    public SettingsFolder Write(string path, params string[] lines)
    {
        _root.Write(path, string.Concat(lines.Select(line => line + "\n")));
        return this;
    }

    public SettingsFolder WriteBytes(string path, byte[] bytes)
    {
        _root.Write(path, "");
        File.WriteAllBytes(_root[path], bytes);
        return this;
    }

    public SettingsDocument Read() => SettingsReader.Read(Source, new SettingsProblems());

    public (AuditSettings? Settings, IReadOnlyList<AuditSettingsProblem> Problems) Check()
    {
        var problems = new SettingsProblems();
        AuditSettings? settings = SettingsChecker.Check(SettingsReader.Read(Source, problems), Vocabulary, problems);
        return (settings, problems.All);
    }

    public void Dispose() => _root.Dispose();

    private Dictionary<string, string?> Look()
    {
        OnLook();
        return Configuration!;
    }

    private static string Show(AuditSettingsProblem problem) => $"{(problem.IsWarning ? "warning " : "")}{problem}";
}
