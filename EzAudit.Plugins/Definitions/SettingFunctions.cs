using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="SettingAudit"/>.</summary>
internal static class SettingFunctions
{
    private static readonly FunctionGroup Group = new("setting");

    public static readonly AuditFunction Change = Group.Define(
        "setting-change", "setting.log", "ChangeSetting",
        "Setting {Setting} was changed from '{Old value}' to '{New value}'.",
        ["Setting", "Old value", "New value"],
        "configuration/change", "3004:3", AuditSeverity.Notice);

    public static readonly AuditFunction ChangeFeatureFlag = Group.Define(
        "feature-flag-change", "setting.log", "ChangeFeatureFlag",
        "Feature flag {Flag} was changed from '{Old value}' to '{New value}'.",
        ["Flag", "Old value", "New value"],
        "configuration/change", "3004:3", AuditSeverity.Notice);

    public static readonly AuditFunction ClearCache = Group.Define(
        "cache-clear", "setting.log", "ClearCache",
        "Cache {Cache} was cleared.",
        ["Cache", "Comment"],
        "configuration/change", "6002:8");

    public static readonly AuditFunction InstallPackage = Group.Define(
        "package-install", "setting.log", "InstallPackage",
        "Package {Package} {Version} was installed from {Source}.",
        ["Package", "Version", "Source"],
        "package/installation", "6002:1", AuditSeverity.Notice);
}
