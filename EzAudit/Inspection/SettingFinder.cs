using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Sources;

namespace EzAudit.Inspection;

/// <summary>Finds the line that an effective setting comes from.</summary>
internal sealed class SettingFinder(MergedIni ini)
{
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

    public static AuditSetting At(string section, string key, string value, SettingsPlace place) =>
        new() { Section = section, Key = key, Value = value, File = place.File, Line = place.Line, Layer = LayerName.Of(place.File) };
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
