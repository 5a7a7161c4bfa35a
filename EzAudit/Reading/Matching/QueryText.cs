using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Describes a query for the record of the read.</summary>
internal static class QueryText
{
    public static string Of(AuditQuery query)
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
