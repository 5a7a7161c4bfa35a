using EzAudit.Records;

namespace EzAudit.Settings;

/// <summary>Reads <c>AuditFileNames</c>: which function is written to which log file.</summary>
internal static class FileNames
{
    private const string Key = "AuditFileNames";

    public static IReadOnlyDictionary<string, Sourced<string>> Read(SectionValues values)
    {
        var files = new Dictionary<string, Sourced<string>>(StringComparer.Ordinal);
        if (!values.TryEntries(Key, out IReadOnlyList<IniEntry>? entries)) return files;
        foreach (IniEntry entry in entries)
        {
            if (CheckFunction(values.Problems, entry) && CheckFile(values.Problems, entry)) files[entry.Name!] = new Sourced<string>(entry.Value, entry.Place);
        }
        return files;
    }

    private static bool CheckFunction(ProblemList problems, IniEntry entry)
    {
        if (entry.Name is null) problems.Add(entry.Place, $"file name {Quoted.Text(entry.Value)} without a function", $"{Key}[FUNCTION]=FILE");
        else if (!AuditFunctionName.IsValid(entry.Name)) problems.Add(entry.Place, $"function {Quoted.Text(entry.Name)}", AuditFunctionName.Wanted);
        else return true;
        return false;
    }

    private static bool CheckFile(ProblemList problems, IniEntry entry)
    {
        if (LogFileNameRule.Check(entry.Value) is { } wanted)
        {
            problems.Add(entry.Place, $"file name {Quoted.Text(entry.Value)}", wanted);
            return false;
        }
        if (entry.Value.Trim() != entry.Value) problems.Warn(entry.Place, $"file name {Quoted.Text(entry.Value)}", "a file name without blanks around it; they are part of the name");
        return true;
    }
}
