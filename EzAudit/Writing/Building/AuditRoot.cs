namespace EzAudit.Writing.Building;

/// <summary>Finds the directory that contains <c>settings/</c>. Determined once, so that changing the current directory later has no effect.</summary>
internal static class AuditRoot
{
    public const string RootVariable = "EZAUDIT_ROOT";
    public const string SiteAccessVariable = "EZAUDIT_SITEACCESS";

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
