using Microsoft.Win32.SafeHandles;

namespace EzAudit.Settings.Sources;

/// <summary>Where settings are read from.</summary>
/// <param name="Root">The directory that holds <c>settings/</c>, absolute.</param>
/// <param name="SiteAccess">The active siteaccess; <see langword="null"/> for none.</param>
/// <param name="Configuration">The host's section <c>EzAudit</c>, flattened to <c>Section:Key</c> or <c>Section:Key:Entry</c>; <see langword="null"/> for none.</param>
internal sealed record SettingsSource(
    string Root,
    string? SiteAccess = null,
    Func<IEnumerable<KeyValuePair<string, string?>>>? Configuration = null)
{
    /// <summary>Whether a pipe, a socket or a device stands at a path: to open it could take for ever, to read it as well. .NET does not tell.</summary>
    public Func<string, bool> IsSpecialFile { get; init; } = static _ => false;

    /// <summary>Looks at a file without opening it; <see langword="null"/> where nothing is, or where the system does not tell enough to do without reading.</summary>
    public Func<string, FileLook?> Look { get; init; } = static _ => null;

    /// <summary>Whether an open file is another user's: neither root's, nor this process's user's, nor that of the owner of the root, who can change all settings.</summary>
    public Func<SafeFileHandle, string, bool> IsForeign { get; init; } = static (_, _) => false;
}
