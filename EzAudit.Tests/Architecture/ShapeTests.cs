using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>The shape of the source: the size of files and folders, and how much a newcomer has to read.</summary>
[TestClass]
public sealed class ShapeTests
{
    private const int MaxFilesInAFolder = 25;
    private const int MaxReadmeWords = 1200;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void NoFolderOfTheCoreIsTooFlat()
    {
        var folders = Repository.SourceFiles("EzAudit").GroupBy(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!)).ToList();
        foreach (var folder in folders.OrderByDescending(folder => folder.Count())) TestContext.WriteLine($"{folder.Count(),4} {folder.Key}");
        AssertNone(folders.Where(folder => folder.Count() > MaxFilesInAFolder).Select(folder => $"{folder.Key}: {folder.Count()} files, at most {MaxFilesInAFolder} expected"));
    }

    [TestMethod]
    public void AtMostAQuarterOfTheCoresFilesIsTiny()
    {
        List<int> lines = LinesOf("EzAudit").ToList();
        int tiny = lines.Count(count => count <= 30);
        TestContext.WriteLine($"{lines.Count} files, {tiny} of at most 30 lines ({100.0 * tiny / lines.Count:0.0} %), median {lines.Order().ElementAt(lines.Count / 2)}, largest {lines.Max()}");
        Assert.IsLessThan(lines.Count / 4.0, tiny);
    }

    [TestMethod]
    public void TheReadmeIsShort()
    {
        int words = File.ReadAllText(Repository.PathOf("README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        TestContext.WriteLine($"{words} words");
        Assert.IsLessThanOrEqualTo(MaxReadmeWords, words);
    }

    private static IEnumerable<int> LinesOf(string project) => Repository.SourceFiles(project).Select(file => File.ReadAllLines(file).Length);

    private static void AssertNone(IEnumerable<string> violations)
    {
        List<string> found = violations.ToList();
        Assert.IsEmpty(found, string.Join('\n', found));
    }
}
