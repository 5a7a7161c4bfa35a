using System.Globalization;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;

namespace EzAudit.Inspection;

/// <summary>Finds the lines that effective settings come from, and describes for each function where and how its records are written.</summary>
internal sealed class SettingFinder(SettingsDocument document)
{
    /// <summary>The layer of values that no file sets.</summary>
    public const string BuiltIn = "built in";

    /// <summary>The line of audit.ini that sets a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="absent">The value if no file sets the key.</param>
    /// <param name="sections">The sections to search: the first one with the key decides.</param>
    public AuditSetting FindAudit(string key, string absent, params IReadOnlyList<string> sections) => Find(document.Audit, key, absent, sections);

    /// <summary>The line of site.ini that sets a key.</summary>
    public AuditSetting FindSite(string key, string absent, string section) => Find(document.Site, key, absent, [section]);

    /// <summary>Every line that affects whether a function is written, in the order in which the files are read.</summary>
    public IEnumerable<AuditSetting> LinesOf(string function) => document.AuditLayers
        .SelectMany(layer => layer.Operations)
        .Where(operation => operation is { Section: SettingsSchema.Audit, Key: FileNames.Key } && Concerns(operation, function))
        .Select(operation => At(operation.Section, operation.Entry is null ? operation.Key : $"{operation.Key}[{operation.Entry}]", operation.Value ?? "", operation.Place));

    /// <summary>The route of each function that has a file name.</summary>
    /// <param name="settings">The settings that the document contains.</param>
    public IReadOnlyList<AuditRoute> RoutesOf(AuditSettings settings) => [.. settings.FileNames.Select(file => Route(settings, file.Key, file.Value))];

    private static AuditSetting Find(MergedIni ini, string key, string absent, IReadOnlyList<string> sections)
    {
        foreach (string section in sections)
        {
            if (ini.Find(section, key) is not { } value) continue;
            string text = value.Text is { } own ? own.Value : string.Join(", ", value.Entries.Select(entry => entry.Value));
            return At(section, key, text, value.Text?.Place ?? value.Place);
        }
        return new AuditSetting { Section = sections[^1], Key = key, Value = absent, Layer = BuiltIn };
    }

    private static AuditSetting At(string section, string key, string value, SettingsPlace place) =>
        new() { Section = section, Key = key, Value = value, File = place.File, Line = place.Line, Layer = LayerOf(place.File) };

    // The name of the settings layer that a file belongs to, as people read it.
    private static string LayerOf(string file) => file.Split('/') switch
    {
        [ConfigurationLayer.Name] => "the host's configuration",
        ["settings", "override", _] => "override",
        ["settings", "siteaccess", var access, _] => $"siteaccess {access}",
        ["extension", var extension, "settings", "siteaccess", var access, _] => $"extension {extension}, siteaccess {access}",
        ["extension", var extension, "settings", _] => $"extension {extension}",
        ["settings", _] => "defaults",
        _ => BuiltIn,
    };

    // A reset or a text concerns all functions, an entry without a name none.
    private static bool Concerns(IniOperation operation, string function) =>
        operation.Value is null || operation.Entry is null || operation.Entry == function || operation.Entry == "*";

    private AuditRoute Route(AuditSettings settings, string function, LocatedText file)
    {
        FunctionSettings own = settings.ForFunction(function);
        AuditSetting line = At(SettingsSchema.Audit, $"{FileNames.Key}[{function}]", file.Value, file.Place);
        AuditRouteTarget[] targets =
        [
            .. own.Targets.Select(name => Target(name, isFallback: false)),
            .. own.Fallback.Select(name => Target(name, isFallback: true)),
        ];
        return new AuditRoute { Function = function, FileName = line, Targets = targets, Settings = [.. Writing(function), .. Rotation(file.Value)] };

        AuditRouteTarget Target(string name, bool isFallback)
        {
            ComponentSection section = settings.Targets[name];
            string? path = section.IsFile ? Path.GetFullPath(Path.Combine(settings.DirectoryOf(section), file.Value)) : null;
            return new AuditRouteTarget { Name = name, Type = section.Type, Format = section.Text(ComponentSection.Format) ?? own.Format, Path = path, IsFallback = isFallback };
        }
    }

    private AuditSetting[] Writing(string function)
    {
        string own = SettingsSchema.FunctionPrefix + function;
        var absent = new FunctionSettings();
        AuditSetting OfFunction(string key, string text) => FindAudit(key, text, own, SettingsSchema.FunctionDefaults);
        return
        [
            OfFunction("Durability", Lower(absent.Durability)),
            OfFunction("OnFailure", Lower(absent.OnFailure)),
            OfFunction("WriteTimeout", $"{absent.WriteTimeout.TotalSeconds}s"),
            OfFunction("Format", absent.Format),
            OfFunction("ExtraFields", ""),
            OfFunction("Redact", ""),
            FindSite("LogFilePermissions", "0600", SettingsSchema.Files),
            FindSite("StorageDirPermissions", "0700", SettingsSchema.Files),
            FindSite("TimeZone", "UTC", SettingsSchema.TimeZone),
        ];
    }

    private AuditSetting[] Rotation(string fileName)
    {
        string own = SettingsSchema.RotationPrefix + fileName;
        var absent = new RotationSettings();
        AuditSetting OfFile(string key, string text) => FindAudit(key, text, own, SettingsSchema.Rotation);
        return
        [
            OfFile("MaxFileSize", $"{absent.MaxFileSize >> 20}MiB"),
            OfFile("Interval", Lower(absent.Interval)),
            OfFile("Naming", Lower(absent.Naming)),
            OfFile("KeepFiles", "all"),
            OfFile("KeepDays", "all"),
            OfFile("MinKeepDays", absent.MinKeepDays.ToString(CultureInfo.InvariantCulture)),
            OfFile("Compress", "none"),
        ];
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
