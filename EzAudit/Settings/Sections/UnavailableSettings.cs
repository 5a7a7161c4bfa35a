using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Settings that settings.md describes but this version does not support. Implementing a feature removes its row.</summary>
internal static class UnavailableSettings
{
    private static readonly (string Section, string Key, string? Default, string Expected)[] OfOtherSections =
    [
        (SettingsSchema.Plugins, "PluginDir", "", "no such line"),
        (SettingsSchema.Seal, "Seal", "disabled", "\"disabled\""),
    ];

    public static void Refuse(MergedIni audit, ProblemList problems)
    {
        foreach ((string section, string key, string? unset, string expected) in OfOtherSections)
        {
            if (audit.Find(section, key) is { } value && (unset is null || value.Text?.Value != unset)) Refuse(problems, value.Place, key, value, expected);
        }
    }

    private static void Refuse(ProblemList problems, SettingsPlace place, string key, IniValue value, string expected)
    {
        string found = Quoted.Text(value.Text is { } text ? $"{key}={text.Value}" : $"{key}[]");
        problems.Add(place, found, $"{expected}: not available in this version");
    }
}
