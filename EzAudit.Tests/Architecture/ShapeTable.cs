using System.Reflection;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>The shape of the repository in figures, next to the goals: <c>dotnet run --project EzAudit.Tests -c Release ShapeTable</c> prints it.</summary>
internal static class ShapeTable
{
    public const int MaxFilesInAFolder = 25;
    public const int MaxReadmeWords = 1200;

    private const int LongestTinyFile = 30;

    private static IEnumerable<(string Project, Assembly Assembly)> Projects => TypeRulesTests.Shipped.Select(assembly => (assembly.GetName().Name!, assembly));

    public static int Print(string[] _)
    {
        foreach (string row in Rows()) Console.WriteLine(row);
        return 0;
    }

    public static IEnumerable<string> Rows()
    {
        yield return "| | now | goal |";
        yield return "|---|--:|--:|";
        var (files, tiny) = Files("EzAudit");
        yield return $"| files of the core / of at most {LongestTinyFile} lines | {files} / {100.0 * tiny / files:0.0} % | about 200 / under 25 % |";
        foreach (var (project, _) in Projects)
        {
            var (folder, count) = Folders(project).First();
            yield return $"| biggest flat folder of {project} | {count} ({folder}) | at most {MaxFilesInAFolder} |";
        }
        foreach (var (project, assembly) in Projects)
        {
            yield return $"| folders in circles, {project} | {CirclesOf(assembly).Count} of {FoldersWithTypes(assembly)} | 0 |";
        }
        yield return $"| README words | {ReadmeWords} | at most {MaxReadmeWords} |";
        yield return $"| commit subject p50 / max, last 100 | {CommitSubjects()} | 55 / 72 |";
    }

    /// <summary>The number of files of a project, and how many of them are tiny.</summary>
    public static (int All, int Tiny) Files(string project)
    {
        List<string> files = [.. Repository.SourceFiles(project)];
        return (files.Count, files.Count(file => File.ReadLines(file).Count() <= LongestTinyFile));
    }

    /// <summary>The folders of a project with the number of files directly in them, biggest first.</summary>
    public static IEnumerable<(string Folder, int Count)> Folders(string project) => Repository.SourceFiles(project)
        .CountBy(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!))
        .Select(folder => (folder.Key, folder.Value))
        .OrderByDescending(folder => folder.Value);

    public static int ReadmeWords => File.ReadAllText(Repository.PathOf("README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public static IReadOnlyList<string> CirclesOf(Assembly assembly) => FolderCircles.In(assembly.GetTypes().Where(WrittenTypes.Contain));

    private static int FoldersWithTypes(Assembly assembly) => assembly.GetTypes().Where(WrittenTypes.Contain).Select(type => type.Namespace).Distinct().Count();

    // An exported source tree has no history.
    private static string CommitSubjects()
    {
        var (exitCode, output, _) = Command.Try("git", "-C", Repository.Root, "log", "-100", "--no-merges", "--format=%s");
        int[] lengths = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(subject => subject.Length).Order()];
        return exitCode == 0 && lengths.Length > 0 ? $"{lengths[lengths.Length / 2]} / {lengths[^1]}" : "unknown";
    }
}
