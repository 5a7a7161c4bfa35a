using System.Net;
using System.Text.RegularExpressions;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Storage.Content;
using NodaTime;

namespace EzAudit.Tests.Reading;

/// <summary>Answers queries naively, by reading and testing every record of the file.</summary>
internal static class NaiveScan
{
    public const string Zone = "Europe/Vienna";

    public static (List<RecordAt> Records, List<AuditLogProblem> Problems) Read(string path, AuditQuery query, bool isJson = false)
    {
        using var file = new LogFileReader(path);
        var pieces = new PieceReader(file, isJson ? new JsonFormat() : new ClassicFormat(DateTimeZoneProviders.Tzdb[Zone]));
        var records = new List<RecordAt>();
        while (pieces.TryNext(out AuditReadResult piece))
        {
            if (piece.Record is { } record && IsWanted(query, record)) records.Add(new RecordAt(pieces.Offset, piece.Consumed, record));
        }
        return (records, pieces.Problems);
    }

    public static bool IsWanted(AuditQuery query, AuditRecord record)
    {
        StringComparison comparison = query.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (query.Since > record.Time || query.Until <= record.Time) return false;
        if (query.Actors.Count > 0 && !query.Actors.Any(actor => actor == record.Actor.Login || actor == record.Actor.Id || actor == $"{record.Actor.Login}:{record.Actor.Id}")) return false;
        if (query.Addresses.Count > 0 && !query.Addresses.Any(address => IsIn(address, record.Address))) return false;
        if (query.Functions.Count > 0 && record.Function is { } function && !query.Functions.Any(pattern => Regex.IsMatch(function, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline))) return false;
        // An unknown file may contain records of any function and of any outcome.
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

    private static bool IsIn(string expected, string address)
    {
        if (expected == address) return true;
        // .NET parses more strings as addresses than people write.
        if (!Regex.IsMatch(address, "^([^.]+(\\.[^.]+){3}|[^\\[]*:[^\\[]*)$") || !IPAddress.TryParse(address, out IPAddress? ip)) return false;
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        if (expected.Contains('/', StringComparison.Ordinal)) return IPNetwork.Parse(expected).Contains(ip);
        if (!IPAddress.TryParse(expected, out IPAddress? other)) return false;
        return ip.Equals(other.IsIPv4MappedToIPv6 ? other.MapToIPv4() : other);
    }

    // All the words are checked: a mutation turns "failed" into "fail".
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

/// <summary>A record and its place in a file.</summary>
internal readonly record struct RecordAt(long Offset, int Length, AuditRecord Record);
