using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Reading;

/// <summary>The record that says that a log was read.</summary>
internal static class ReadingRecord
{
    public const string Function = "audit-read";

    private const int MaxNames = 20;

    /// <summary>Whether the settings name a file for it.</summary>
    public static bool IsEnabled(AuditSettings settings) => settings.Enabled && settings.FileNames.ContainsKey(Function);

    public static AuditField[] Fields(LogSet log, AuditQuery query, long count) =>
        [("Files", Names(log)), ("Query", QueryText.Of(query)), ("Records", count)];

    private static string Names(LogSet log)
    {
        string[] names = [.. log.Sources.Select(source => Path.GetFileName(source.Path)).Distinct(StringComparer.Ordinal)];
        return string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");
    }
}
