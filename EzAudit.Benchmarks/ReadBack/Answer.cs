using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.ReadBack;

/// <summary>Answers one question through EzAudit's API, in its own process, and prints the answer as the other programs do.</summary>
internal static class Answer
{
    private static readonly AuditQuery OfOneUser = new() { Actors = ["editor:16"] };

    private static readonly AuditQuery InTheWindow = OfOneUser with
    {
        Since = new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero),
        Until = new DateTimeOffset(2026, 11, 13, 0, 0, 0, TimeSpan.Zero),
        Fields = [new AuditFieldTest("Comment", AuditFieldComparison.Contains, "administrator")],
    };

    public static void Give(string question, string path)
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        using Stream output = Console.OpenStandardOutput();
        switch (question)
        {
            case "all":
                WriteRecords(log.Search(InTheWindow with { ReadsAll = true }), output);
                break;
            case "window":
                WriteRecords(log.Search(InTheWindow), output);
                break;
            case "count":
                Console.WriteLine(log.Count(OfOneUser));
                break;
            case "report":
                WriteSummary(log.Summarize(AuditQuery.All, [new(AuditGroupKey.Actor), new(AuditGroupKey.Function), new(AuditGroupKey.Day)]));
                break;
            default:
                throw new ArgumentException($"Unknown question {question}; use all, window, count or report.");
        }
    }

    private static void WriteRecords(IEnumerable<AuditFoundRecord> records, Stream output)
    {
        using var buffer = new BufferedStream(output, 64 << 10);
        foreach (AuditFoundRecord record in records) buffer.Write(record.Bytes.Span);
    }

    private static void WriteSummary(AuditSummary summary)
    {
        var lines = new List<string> { $"all {summary.Count}" };
        lines.AddRange(summary.Groups[0].Select(group => $"{group.Keys[0]} {group.Count}"));
        lines.AddRange(summary.Groups[2].Select(group => $"{DateTime.Parse(group.Keys[0]!, CultureInfo.InvariantCulture).ToString("MMM dd yyyy", CultureInfo.InvariantCulture)} {group.Count}"));
        foreach (string line in lines.Order(StringComparer.Ordinal)) Console.WriteLine(line);
    }
}
