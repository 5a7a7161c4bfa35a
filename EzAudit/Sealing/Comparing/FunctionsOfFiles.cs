using EzAudit.Records;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Comparing;

/// <summary>
/// Finds records of a store whose function is not that of their log file. Classic records name their function only in a file of several functions, so the
/// records of a file that do not name theirs all have the same one. Not thread-safe.
/// </summary>
internal sealed class FunctionsOfFiles
{
    private const int MaxFunctions = 1000;

    private readonly Dictionary<string, Dictionary<string, (long Count, AuditFinding First)>> _files = new(StringComparer.Ordinal);

    /// <summary>Adds a record whose bytes do not name its function.</summary>
    public void Add(LogEvidence log, PlacedRow row)
    {
        if (!_files.TryGetValue(log.FirstName, out var functions)) _files[log.FirstName] = functions = new(StringComparer.Ordinal);
        string function = row.Record.Record.Function ?? "";
        if (functions.TryGetValue(function, out (long Count, AuditFinding First) known)) functions[function] = known with { Count = known.Count + 1 };
        else if (functions.Count < MaxFunctions) functions[function] = (1, FindingOf(log, row, function));
    }

    /// <summary>Adds the findings: what most records of a file say is right.</summary>
    public void Report(FindingList findings)
    {
        foreach (var functions in _files.Values.Where(functions => functions.Count > 1))
        {
            string usual = functions.MaxBy(function => function.Value.Count).Key;
            foreach ((long count, AuditFinding first) in functions.Where(function => function.Key != usual).Select(function => function.Value))
                findings.Add(first with { Problem = $"{first.Problem}{(count == 1 ? "" : $", and {count - 1} more")}; the file has those of {usual}" });
        }
    }

    private static AuditFinding FindingOf(LogEvidence log, PlacedRow row, string function) =>
        FindingList.Of(FindingCode.RowColumn, $"the store has another function in column function: record {row.Record.Id}") with
        {
            File = log.Content?.Name ?? log.Name, Functions = [function], Offset = row.Begin, Length = row.Record.Bytes.Length, Leaf = row.Leaf, Time = LedgerTime.Of(row.Time),
        };
}
