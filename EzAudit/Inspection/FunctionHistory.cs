using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sections;

namespace EzAudit.Inspection;

/// <summary>Finds every settings line that affects whether a function is written, in the order in which the lines are read.</summary>
internal static class FunctionHistory
{
    public static IEnumerable<AuditSetting> Of(string function, IEnumerable<IniFile> layers) => layers
        .SelectMany(layer => layer.Operations)
        .Where(operation => operation is { Section: SettingsSchema.Audit, Key: FileNames.Key } && Concerns(operation, function))
        .Select(operation => SettingFinder.At(SettingsSchema.Audit, KeyOf(operation), operation.Value, operation.Place));

    private static bool Concerns(IniOperation operation, string function) =>
        operation.Kind != IniOperationKind.Append && (operation.Kind != IniOperationKind.Entry || operation.Entry == function || operation.Entry == "*");

    private static string KeyOf(IniOperation operation) => operation.Kind switch
    {
        IniOperationKind.Entry => $"{FileNames.Key}[{operation.Entry}]",
        IniOperationKind.Text => FileNames.Key,
        _ => $"{FileNames.Key}[]",
    };
}
