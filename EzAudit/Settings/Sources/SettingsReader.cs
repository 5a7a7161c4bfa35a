using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sources;

/// <summary>Finds, reads and merges the settings files of a root. Invalid input results in problems, never in an exception.</summary>
internal static class SettingsReader
{
    public const string AuditFile = "audit.ini";
    public const string SiteFile = "site.ini";

    public static SettingsDocument Read(SettingsSource source)
    {
        var problems = new List<AuditSettingsProblem>();
        var files = new SettingsFiles(source);
        ConfigurationLayer configuration = ConfigurationLayer.Read(source.Configuration);
        SettingsLayers layers = FindLayers(source, files, configuration, problems);

        IReadOnlyList<IniFile> site = [.. files.Read(layers.FilesFor(SiteFile)), configuration.Site];
        IReadOnlyList<IniFile> audit = [.. files.Read(layers.FilesFor(AuditFile)), configuration.Audit];
        var auditValues = new MergedIni(audit);

        problems.AddRange(site.SelectMany(file => file.Problems).Where(ConcernsEzAudit).Select(problem => problem.Problem));
        problems.AddRange(audit.SelectMany(file => file.Problems).Select(problem => problem.Problem));
        return new SettingsDocument
        {
            Source = source,
            Site = new MergedIni(site),
            Audit = auditValues,
            SiteLayers = site,
            AuditLayers = audit,
            Problems = problems,
            Stamps = Stamps(files, configuration),
            Plugins = FindPlugins(auditValues),
            HasAuditSettings = audit.Count > 1 || configuration.Audit.Operations.Count > 0,
        };
    }

    // site.ini decides which extensions are active before their own site.ini is read; an extension cannot activate another.
    private static SettingsLayers FindLayers(SettingsSource source, SettingsFiles files, ConfigurationLayer configuration, List<AuditSettingsProblem> problems)
    {
        string? siteAccess = string.IsNullOrEmpty(source.SiteAccess) ? null : source.SiteAccess;
        if (siteAccess is not null && !PathName.IsValid(siteAccess))
        {
            problems.Add(new AuditSettingsProblem("siteaccess", 0, Quoted.Text(siteAccess), PathName.Expected));
            siteAccess = null;
        }
        var withoutExtensions = new SettingsLayers(siteAccess, [], []);
        var site = new MergedIni([.. files.Read(withoutExtensions.FilesFor(SiteFile)), configuration.Site]);
        return new SettingsLayers(siteAccess, FindExtensions(site, "ActiveExtensions", problems), FindExtensions(site, "ActiveAccessExtensions", problems));
    }

    private static List<string> FindExtensions(MergedIni site, string key, List<AuditSettingsProblem> problems)
    {
        var extensions = new List<string>();
        foreach (IniEntry entry in site.Find(SettingsSchema.Extensions, key)?.Entries ?? [])
        {
            if (PathName.IsValid(entry.Value)) extensions.Add(entry.Value);
            else problems.Add(new AuditSettingsProblem(entry.Place.File, entry.Place.Line, Quoted.Text(entry.Value), PathName.Expected));
        }
        return extensions;
    }

    private static List<Located<string>> FindPlugins(MergedIni audit)
    {
        IEnumerable<IniEntry> entries = audit.Find(SettingsSchema.Plugins, "Plugins")?.Entries ?? [];
        return [.. entries.Where(entry => PluginName.IsValid(entry.Value)).DistinctBy(entry => entry.Value).Select(entry => new Located<string>(entry.Value, entry.Place))];
    }

    private static Dictionary<string, string> Stamps(SettingsFiles files, ConfigurationLayer configuration)
    {
        var stamps = files.Contents.ToDictionary(content => content.Key, content => content.Value.Stamp, StringComparer.Ordinal);
        stamps.Add(ConfigurationLayer.Name, configuration.Stamp);
        return stamps;
    }

    // site.ini has hundreds of unrelated lines; only a mistake in a line meant for EzAudit is reported.
    private static bool ConcernsEzAudit(IniProblem problem)
    {
        if (problem.Line is null) return true;
        return problem.Line.Split('\n').Any(MentionsEzAudit);
    }

    private static bool MentionsEzAudit(string text)
    {
        string line = text.Trim().TrimStart('[').TrimStart();
        return SettingsSchema.SiteSections.Any(section => Begins(section.Name) || section.Keys.Keys.Any(Begins));

        bool Begins(string name) =>
            line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (line.Length == name.Length || !char.IsLetterOrDigit(line[name.Length]));
    }
}
