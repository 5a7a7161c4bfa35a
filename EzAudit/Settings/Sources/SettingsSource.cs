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
    /// <summary>Whether a path is a pipe, socket or device: opening or reading one could block forever. .NET cannot tell.</summary>
    public Func<string, bool> IsSpecialFile { get; init; } = static _ => false;

    /// <summary>Examines a file without opening it; <see langword="null"/> if nothing exists there, or the system does not report enough to avoid reading.</summary>
    public Func<string, FileLook?> Look { get; init; } = static _ => null;

    /// <summary>Whether an open file belongs to a foreign user: not root, the process's user, or the owner of the root, who can change all settings anyway.</summary>
    public Func<SafeFileHandle, string, bool> IsForeign { get; init; } = static (_, _) => false;
}
