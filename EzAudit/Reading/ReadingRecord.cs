using System.Globalization;
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
        [("Files", Names(log)), ("Query", Describe(query)), ("Records", count)];

    private static string Names(LogSet log)
    {
        string[] names = [.. log.Sources.Select(source => Path.GetFileName(source.Path)).Distinct(StringComparer.Ordinal)];
        return string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");
    }

    /// <summary>The conditions of a query, for people.</summary>
    public static string Describe(AuditQuery query)
    {
        var parts = new List<string>();
        if (query.Functions.Count > 0) parts.Add($"function {string.Join(" or ", query.Functions)}");
        if (query.Since is { } since) parts.Add($"since {Text(since)}");
        if (query.Until is { } until) parts.Add($"until {Text(until)}");
        if (query.Actors.Count > 0) parts.Add($"actor {string.Join(" or ", query.Actors)}");
        if (query.Addresses.Count > 0) parts.Add($"address {string.Join(" or ", query.Addresses)}");
        parts.AddRange(query.Fields.Select(field => $"field {field.Name} {field.Comparison} {field.Text}"));
        parts.AddRange(query.Texts.Select(text => $"text {text}"));
        if (query.Outcome is { } outcome) parts.Add($"outcome {outcome}");
        return parts.Count == 0 ? "all" : string.Join("; ", parts);
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
