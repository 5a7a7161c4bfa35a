using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;
using EzAudit.Settings.Sources;

namespace EzAudit.Inspection;

/// <summary>Finds the lines that effective settings come from.</summary>
internal sealed class SettingFinder(MergedIni ini)
{
    /// <summary>The line that sets a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="absent">The value if no file sets the key.</param>
    /// <param name="sections">The sections to search: the first one with the key decides.</param>
    public AuditSetting Find(string key, string absent, params IReadOnlyList<string> sections)
    {
        foreach (string section in sections)
        {
            if (ini.Find(section, key) is not { } value) continue;
            string text = value.Text is { } own ? own.Value : string.Join(", ", value.Entries.Select(entry => entry.Value));
            return At(section, key, text, value.Text?.Place ?? value.Place);
        }
        return new AuditSetting { Section = sections[^1], Key = key, Value = absent, Layer = LayerName.BuiltIn };
    }

    /// <summary>Every line that affects whether a function is written, in the order in which the files are read.</summary>
    public static IEnumerable<AuditSetting> LinesOf(string function, IEnumerable<IniFile> layers) => layers
        .SelectMany(layer => layer.Operations)
        .Where(operation => operation is { Section: SettingsSchema.Audit, Key: FileNames.Key } && Concerns(operation, function))
        .Select(operation => At(operation.Section, operation.Entry is null ? operation.Key : $"{operation.Key}[{operation.Entry}]", operation.Value ?? "", operation.Place));

    public static AuditSetting At(string section, string key, string value, SettingsPlace place) =>
        new() { Section = section, Key = key, Value = value, File = place.File, Line = place.Line, Layer = LayerName.Of(place.File) };

    // A reset or a text concerns all functions, an entry without a name none.
    private static bool Concerns(IniOperation operation, string function) =>
        operation.Value is null || operation.Entry is null || operation.Entry == function || operation.Entry == "*";
}

/// <summary>Names, for people, the settings layer that a file belongs to.</summary>
internal static class LayerName
{
    public const string BuiltIn = "built in";

    public static string Of(string file) => file.Split('/') switch
    {
        [ConfigurationLayer.Name] => "the host's configuration",
        ["settings", "override", _] => "override",
        ["settings", "siteaccess", var access, _] => $"siteaccess {access}",
        ["extension", var extension, "settings", "siteaccess", var access, _] => $"extension {extension}, siteaccess {access}",
        ["extension", var extension, "settings", _] => $"extension {extension}",
        ["settings", _] => "defaults",
        _ => BuiltIn,
    };
}
