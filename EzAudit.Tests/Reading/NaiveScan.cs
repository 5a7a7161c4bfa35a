using System.Net;
using System.Text.RegularExpressions;
using EzAudit.Records;

namespace EzAudit.Tests.Reading;

/// <summary>Answers queries the plain way: every record of the file is read and looked at.</summary>
internal static class NaiveScan
{
    public static (List<AuditRecordAt> Records, List<AuditLogProblem> Problems) Read(string path, AuditQuery query, bool isJson = false)
    {
        using AuditReader reader = isJson ? AuditReader.OpenJson(path) : AuditReader.Open(path, "Europe/Vienna");
        List<AuditRecordAt> records = [.. reader.Records.Where(item => IsWanted(query, item.Record))];
        return (records, [.. reader.Problems]);
    }

    public static bool IsWanted(AuditQuery query, AuditRecord record)
    {
        StringComparison comparison = query.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (query.Since > record.Time || query.Until <= record.Time) return false;
        if (query.Actors.Count > 0 && !query.Actors.Any(actor => actor == record.Actor.Login || actor == record.Actor.Id || actor == $"{record.Actor.Login}:{record.Actor.Id}")) return false;
        if (query.Addresses.Count > 0 && !query.Addresses.Any(address => IsIn(address, record.Address))) return false;
        if (query.Functions.Count > 0 && record.Function is { } function && !query.Functions.Any(pattern => Regex.IsMatch(function, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline))) return false;
        // A file that nothing is known of may hold records of any function, which may have ended in any way.
        if (query.Outcome is not null && OutcomeOf(record) is { } outcome && query.Outcome != outcome) return false;
        foreach (AuditFieldTest test in query.Fields)
        {
            if (!record.Fields.Any(field => field.Name == test.Name && Fits(test, field.Value, comparison))) return false;
        }
        foreach (string text in query.Texts)
        {
            IEnumerable<string> parts = record.Fields.SelectMany(field => new[] { field.Name, field.Value }).Append(record.Actor.Login).Append(record.Actor.Id).Append(record.Address);
            if (!parts.Any(part => part.Contains(text, comparison))) return false;
        }
        return true;
    }

    private static bool Fits(AuditFieldTest test, string value, StringComparison comparison) => test.Comparison switch
    {
        AuditFieldComparison.Equals => string.Equals(value, test.Text, comparison),
        AuditFieldComparison.Contains => value.Contains(test.Text, comparison),
        _ => Regex.IsMatch(value, test.Text, comparison == StringComparison.OrdinalIgnoreCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.CultureInvariant),
    };

    private static bool IsIn(string wanted, string address)
    {
        if (wanted == address) return true;
        // .NET takes more for an address than people write.
        if (!Regex.IsMatch(address, "^([^.]+(\\.[^.]+){3}|[^\\[]*:[^\\[]*)$") || !IPAddress.TryParse(address, out IPAddress? ip)) return false;
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        if (wanted.Contains('/', StringComparison.Ordinal)) return IPNetwork.Parse(wanted).Contains(ip);
        if (!IPAddress.TryParse(wanted, out IPAddress? other)) return false;
        return ip.Equals(other.IsIPv4MappedToIPv6 ? other.MapToIPv4() : other);
    }

    // All the words: a mutation makes "fail" of "failed".
    public static AuditOutcome? OutcomeOf(AuditRecord record)
    {
        foreach (string name in (string[])["Outcome", "Success", "Status"])
        {
            string word = (record[name] ?? "").ToUpperInvariant();
            if (word is "SUCCESS" or "SUCCEEDED" or "SUCCESSFUL" or "OK" or "TRUE" or "YES" or "1" or "ALLOWED" or "GRANTED" or "ACCEPTED") return AuditOutcome.Success;
            if (word is "FAILURE" or "FAILED" or "FAIL" or "ERROR" or "FALSE" or "NO" or "0" or "DENIED" or "REFUSED" or "REJECTED") return AuditOutcome.Failure;
        }
        if (record.Function is null) return null;
        return record.Function.Split('-').Intersect(["failed", "failure", "denied", "rejected"]).Any() ? AuditOutcome.Failure : AuditOutcome.Success;
    }
}
