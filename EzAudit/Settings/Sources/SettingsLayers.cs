namespace EzAudit.Settings.Sources;

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
