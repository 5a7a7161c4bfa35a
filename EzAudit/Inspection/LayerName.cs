using EzAudit.Settings;

namespace EzAudit.Inspection;

/// <summary>Says for people which layer of the settings a file belongs to.</summary>
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
