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

/// <summary>The identity and state of the file at a path, taken without opening it.</summary>
/// <param name="Device">The device of the file.</param>
/// <param name="Inode">Its number on the device; differs after a link is redirected or a file is replaced by a rename.</param>
/// <param name="Changed">When anything about it last changed, in nanoseconds; this time cannot be set back.</param>
/// <param name="Modified">When it was last written, in nanoseconds.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileLook(ulong Device, ulong Inode, Int128 Changed, Int128 Modified, ulong Length);

/// <summary>Finds the directory that contains <c>settings/</c>. Determined once, so that changing the current directory later has no effect.</summary>
internal static class AuditRoot
{
    private const string RootVariable = "EZAUDIT_ROOT";
    private const string SiteAccessVariable = "EZAUDIT_SITEACCESS";

    public static string Find(string? preferred = null)
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named) return Path.GetFullPath(named);
        foreach (string? candidate in new[] { preferred, Directory.GetCurrentDirectory() })
        {
            if (candidate is not null && File.Exists(Path.Combine(candidate, "settings", "audit.ini"))) return Path.GetFullPath(candidate);
        }
        return Path.GetFullPath(AppContext.BaseDirectory);
    }

    public static string? SiteAccess => Environment.GetEnvironmentVariable(SiteAccessVariable) is { Length: > 0 } name ? name : null;
}
