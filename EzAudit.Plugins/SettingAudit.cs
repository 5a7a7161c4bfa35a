using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changes to settings, caches and packages.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class SettingAudit
{
    /// <summary>A setting was changed.</summary>
    public static bool Change(string setting, string oldValue, string newValue) =>
        SettingFunctions.Change.Write(setting, oldValue, newValue);

    /// <summary>A feature was turned on or off.</summary>
    public static bool ChangeFeatureFlag(string flag, string oldValue, string newValue) =>
        SettingFunctions.ChangeFeatureFlag.Write(flag, oldValue, newValue);

    /// <summary>A cache was cleared.</summary>
    public static bool ClearCache(string cache, string comment = "Cleared the cache") =>
        SettingFunctions.ClearCache.Write(cache, comment);

    /// <summary>A package was installed.</summary>
    public static bool InstallPackage(string package, string version, string? source = null) =>
        SettingFunctions.InstallPackage.Write(package, version, source);
}
