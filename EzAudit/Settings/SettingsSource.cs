namespace EzAudit.Settings;

/// <summary>Where settings are read from.</summary>
/// <param name="Root">The directory that holds <c>settings/</c>, absolute.</param>
/// <param name="SiteAccess">The active siteaccess; <see langword="null"/> for none.</param>
/// <param name="Configuration">The host's section <c>EzAudit</c>, flattened to <c>Section:Key</c> or <c>Section:Key:Entry</c>; <see langword="null"/> for none.</param>
internal sealed record SettingsSource(
    string Root,
    string? SiteAccess = null,
    Func<IEnumerable<KeyValuePair<string, string?>>>? Configuration = null);
