using EzAudit;
using EzAudit.Records;

namespace QuickStart;

/// <summary>Prints the contents of the log files.</summary>
internal static class LogPrinter
{
    public static void Print(string logDirectory)
    {
        Console.WriteLine($"The audit trail is in {logDirectory}");
        foreach (string file in Directory.EnumerateFiles(logDirectory, "*.log").Order(StringComparer.Ordinal))
        {
            using AuditLogReader log = AuditLogReader.OpenFiles([file]);
            var problems = new List<AuditLogProblem>();
            List<AuditRecord> records = log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add }).Select(found => found.Record).ToList();
            Console.WriteLine();
            Console.WriteLine($"{Path.GetFileName(file)}: {records.Count} record(s), the last one:");
            if (records.Count > 0) Print(records[^1]);
            foreach (AuditLogProblem problem in problems) Console.WriteLine($"  {problem}");
        }
    }

    private static void Print(AuditRecord record)
    {
        Console.WriteLine($"  {record.Time:yyyy-MM-dd HH:mm:ss} UTC, {record.Actor.Login} (id {record.Actor.Id}) from {record.Address}");
        foreach (AuditField field in record.Fields) Console.WriteLine($"    {field.Name}: {field.Value}");
    }
}
