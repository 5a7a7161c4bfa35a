using System.Text;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sources;

/// <summary>Finds, reads and merges the settings files of a root. Invalid input results in problems, never in an exception.</summary>
internal sealed class SettingsReader
{
    private const string AuditFile = "audit.ini";
    private const string SiteFile = "site.ini";

    private readonly SettingsSource _source;
    private readonly SettingsProblems _problems;
    private readonly ConfigurationLayer _configuration;

    // Each file is read from disk only once, so that the document describes one moment.
    private readonly Dictionary<string, FileContent> _contents = new(StringComparer.Ordinal);

    private SettingsReader(SettingsSource source, SettingsProblems problems)
    {
        _source = source;
        _problems = problems;
        _configuration = ConfigurationLayer.Read(source.Configuration);
    }

    public static SettingsDocument Read(SettingsSource source, SettingsProblems problems) => new SettingsReader(source, problems).Read();

    private SettingsDocument Read()
    {
        SettingsLayers layers = FindLayers();
        IReadOnlyList<IniFile> site = [.. ReadFiles(layers.FilesFor(SiteFile)), _configuration.Site];
        IReadOnlyList<IniFile> audit = [.. ReadFiles(layers.FilesFor(AuditFile)), _configuration.Audit];
        var auditValues = new MergedIni(audit);

        foreach (IniProblem problem in site.SelectMany(file => file.Problems).Where(ConcernsEzAudit)) _problems.Add(problem.Problem);
        foreach (IniProblem problem in audit.SelectMany(file => file.Problems)) _problems.Add(problem.Problem);
        return new SettingsDocument
        {
            Source = _source,
            Site = new MergedIni(site),
            Audit = auditValues,
            SiteLayers = site,
            AuditLayers = audit,
            Stamps = Stamps(),
            Plugins = FindPlugins(auditValues),
            HasAuditSettings = audit.Count > 1 || _configuration.Audit.Operations.Count > 0,
        };
    }

    // site.ini decides which extensions are active before their own site.ini is read; an extension cannot activate another.
    private SettingsLayers FindLayers()
    {
        string? siteAccess = string.IsNullOrEmpty(_source.SiteAccess) ? null : _source.SiteAccess;
        if (siteAccess is not null && NameRules.CheckDirectory(siteAccess) is { } expected)
        {
            _problems.Add(new SettingsPlace("siteaccess"), Quoted.Text(siteAccess), expected);
            siteAccess = null;
        }
        var withoutExtensions = new SettingsLayers(siteAccess, [], []);
        var site = new MergedIni([.. ReadFiles(withoutExtensions.FilesFor(SiteFile)), _configuration.Site]);
        return new SettingsLayers(siteAccess, FindExtensions(site, "ActiveExtensions"), FindExtensions(site, "ActiveAccessExtensions"));
    }

    private List<string> FindExtensions(MergedIni site, string key)
    {
        var extensions = new List<string>();
        foreach (LocatedText entry in site.Find(SettingsSchema.Extensions, key)?.Entries ?? [])
        {
            if (NameRules.CheckDirectory(entry.Value) is { } expected) _problems.Add(entry.Place, Quoted.Text(entry.Value), expected);
            else extensions.Add(entry.Value);
        }
        return extensions;
    }

    // Lowest first, without those that do not exist; each in the charset of the previous one unless it names its own.
    private List<IniFile> ReadFiles(IEnumerable<string> paths)
    {
        var files = new List<IniFile>();
        Encoding charset = IniText.Utf8;
        foreach (string path in paths.Distinct(StringComparer.Ordinal))
        {
            FileContent content = ContentOf(path);
            if (content.Failure is { } failure)
            {
                files.Add(new IniFile(path, [], [], [new IniProblem(null, new SettingsPlace(path).Error(failure, FileContent.Expected))]));
            }
            else if (content.Bytes is { } bytes)
            {
                IniText text = IniText.Decode(bytes, charset, path);
                charset = text.Charset;
                files.Add(IniFileParser.Parse(path, text));
            }
        }
        return files;
    }

    private FileContent ContentOf(string path)
    {
        if (_contents.TryGetValue(path, out FileContent? content)) return content;
        content = FileContent.Read(Path.Combine(_source.Root, path), _source);
        _contents.Add(path, content);
        return content;
    }

    private Dictionary<string, string> Stamps()
    {
        var stamps = _contents.ToDictionary(content => content.Key, content => content.Value.Stamp, StringComparer.Ordinal);
        stamps.Add(ConfigurationLayer.Name, _configuration.Stamp);
        return stamps;
    }

    private static List<LocatedText> FindPlugins(MergedIni audit)
    {
        IEnumerable<LocatedText> entries = audit.Find(SettingsSchema.Plugins, "Plugins")?.Entries ?? [];
        return [.. entries.Where(entry => NameRules.CheckPlugin(entry.Value) is null).DistinctBy(entry => entry.Value)];
    }

    // site.ini has hundreds of unrelated lines; only a mistake in a line meant for EzAudit is reported.
    private static bool ConcernsEzAudit(IniProblem problem) => problem.Line is null || problem.Line.Split('\n').Any(MentionsEzAudit);

    private static bool MentionsEzAudit(string text)
    {
        string line = text.Trim().TrimStart('[').TrimStart();
        return SettingsSchema.SiteSections.Any(section => Begins(section.Name) || section.Keys.Keys.Any(Begins));

        bool Begins(string name) =>
            line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (line.Length == name.Length || !char.IsLetterOrDigit(line[name.Length]));
    }
}

/// <summary>The files that may contain settings, in eZ Publish's order: a later one overrides.</summary>
/// <remarks>Extensions are in the order of site.ini.</remarks>
internal sealed record SettingsLayers(string? SiteAccess, IReadOnlyList<string> Extensions, IReadOnlyList<string> AccessExtensions)
{
    private static readonly string[] Suffixes = [".php", "", ".append.php", ".append"];

    /// <summary>The paths for <c>audit.ini</c> or <c>site.ini</c>, relative to the root; most of them do not exist.</summary>
    public IEnumerable<string> FilesFor(string name) =>
    [
        $"settings/{name}",
        $"settings/{name}.php",
        .. OverrideDirectories().SelectMany(directory => Suffixes.Select(suffix => $"{directory}/{name}{suffix}")),
    ];

    private IEnumerable<string> OverrideDirectories() =>
    [
        .. AccessExtensions.Reverse().Select(extension => $"extension/{extension}/settings"),
        .. SiteAccessDirectories(),
        .. Extensions.Reverse().Select(extension => $"extension/{extension}/settings"),
        "settings/override",
    ];

    private IEnumerable<string> SiteAccessDirectories() => SiteAccess is null
        ? []
        :
        [
            .. AccessExtensions.Reverse().Select(extension => $"extension/{extension}/settings/siteaccess/{SiteAccess}"),
            .. Extensions.Reverse().Select(extension => $"extension/{extension}/settings/siteaccess/{SiteAccess}"),
            $"settings/siteaccess/{SiteAccess}",
        ];
}
