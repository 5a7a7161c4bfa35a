using System.Text.RegularExpressions;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads <c>AuditFileNames</c>: the log file of each function.</summary>
internal static partial class FileNames
{
    public const string Key = "AuditFileNames";

    public static IReadOnlyDictionary<string, LocatedText> Read(SectionValues values)
    {
        var files = new Dictionary<string, LocatedText>(StringComparer.Ordinal);
        if (!values.TryEntries(Key, out IReadOnlyList<LocatedText>? entries)) return files;
        foreach (LocatedText entry in entries)
        {
            if (CheckFunction(values.Problems, entry) && CheckFile(values, entry)) files[entry.Name!] = entry;
        }
        CheckRotatedNames(values.Problems, files.Values);
        CheckDirectories(values.Problems, files.Values);
        return files;
    }

    private static bool CheckFunction(SettingsProblems problems, LocatedText entry)
    {
        if (entry.Name is null) problems.Add(entry.Place, $"file name {Quoted.Text(entry.Value)} without a function", $"{Key}[FUNCTION]=FILE");
        else if (!AuditFunctionName.IsValid(entry.Name)) problems.Add(entry.Place, $"function {Quoted.Text(entry.Name)}", AuditFunctionName.Expected);
        else return true;
        return false;
    }

    private static bool CheckFile(SectionValues values, LocatedText entry)
    {
        if (NameRules.CheckLogFile(entry.Value) is { } expected)
        {
            values.Problems.Add(entry.Place, $"file name {Quoted.Text(entry.Value)}", expected);
            return false;
        }
        values.WarnAboutForeignSyntax(entry, $"file name {Quoted.Text(entry.Value)}", "a file name");
        return true;
    }

    // Otherwise, rotation would rename one log over the other.
    private static void CheckRotatedNames(SettingsProblems problems, IReadOnlyCollection<LocatedText> files)
    {
        var names = files.Select(file => file.Value).ToHashSet(StringComparer.Ordinal);
        foreach (LocatedText file in files)
        {
            if (LogFilesOf(file.Value).FirstOrDefault(names.Contains) is { } rotated)
                problems.Add(file.Place, $"file name {Quoted.Text(file.Value)}", $"a name that no rotated file of {Quoted.Text(rotated)} will have");
        }
    }

    // A directory that one function needs cannot be the log file of another, nor a rotated file.
    private static void CheckDirectories(SettingsProblems problems, IReadOnlyCollection<LocatedText> files)
    {
        var names = files.Select(file => file.Value).ToHashSet(StringComparer.Ordinal);
        foreach (LocatedText file in files)
        {
            foreach (string directory in DirectoriesOf(file.Value))
            {
                if (names.Contains(directory)) problems.Add(file.Place, $"file name {Quoted.Text(file.Value)}", $"a name that is not below {Quoted.Text(directory)}, which is a log file");
                else if (LogFilesOf(directory).FirstOrDefault(names.Contains) is { } rotated)
                    problems.Add(file.Place, $"file name {Quoted.Text(file.Value)}", $"a name that is not below a name that rotated files of {Quoted.Text(rotated)} will have");
            }
        }
    }

    private static IEnumerable<string> DirectoriesOf(string name)
    {
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1)) yield return name[..slash];
    }

    // The log files that could be rotated to this name: a.log.2026-11-22.1 is a dated file of a.log, or a numbered one of a.log.2026-11-22.
    private static IEnumerable<string> LogFilesOf(string name) =>
        new[] { DatedName(), NumberedName() }.Select(form => form.Match(name)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^(.+)\.[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?\.[0-9]+(?:\.gz)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatedName();

    [GeneratedRegex(@"^(.+)\.[0-9]+(?:\.gz)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedName();
}
