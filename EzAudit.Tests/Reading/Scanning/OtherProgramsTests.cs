using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Finds the same records as awk and perl in generated files and in those that eZ Publish itself wrote.</summary>
[TestClass]
public sealed class OtherProgramsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> EzFiles => Directory
        .EnumerateFiles(Repository.PathOf("EzAudit.Tests", "EzCases", "cases"), "*.log*", SearchOption.AllDirectories)
        .Where(path => path.Contains($"{Path.DirectorySeparatorChar}expected{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [TestMethod]
    public void TheSameRecordsAreFoundInFilesOfEzPublish()
    {
        Needs.Programs("perl", "awk");
        string[] files = [.. EzFiles.Order(StringComparer.Ordinal)];
        Assert.IsGreaterThan(50, files.Length);
        // One process for all. Counts a record by its first line; some follow filler without a line end.
        string perl = Run(["perl", "-e", """local $/; for my $f (@ARGV) { open my $h, "<:raw", $f or die; my $t = <$h>; my $n = () = $t =~ /(?<!\n\t)\[ \w{3} \d\d \d{4} \d\d:\d\d:\d\d \] \[[^\n]*\] \[[^\n]*:[^\n:]*\]$/mg; print "$f $n\n" }""", .. files]);
        string[] ours = [.. files.Select(path => $"{path} {Count(path)}")];
        CollectionAssert.AreEqual(perl.Split('\n', StringSplitOptions.RemoveEmptyEntries), ours);
    }

    [TestMethod]
    public void TheSameRecordsAreFoundInAGeneratedFile()
    {
        Needs.Programs("perl", "awk");
        string path = _folder["t.log"];
        var random = new Random(7);
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 5000).Select(i =>
            $"[ Nov {(i / 500) + 1:00} 2026 12:{i / 60 % 60:00}:{i % 60:00} ] [10.0.0.{random.Next(9)}] [user{random.Next(20)}:{i}]\nNode ID: {random.Next(50)}\nComment: {(random.Next(3) == 0 ? "moved" : "hidden")} it\n\n")));
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        var query = new AuditQuery
        {
            Actors = ["user7"],
            Since = new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 11, 6, 0, 0, 0, TimeSpan.Zero),
            Fields = [new AuditFieldTest("Comment", AuditFieldComparison.Contains, "moved")],
        };
        string ours = string.Concat(log.Search(query).Select(found => System.Text.Encoding.UTF8.GetString(found.Bytes.Span)));
        Assert.AreNotEqual("", ours);
        Assert.AreEqual(Run(["perl", "-e", """local $/=""; while (<>) { print if /^\[ Nov 0[345] [^\n]*\] \[user7:[^\n]*\]\n/ && /\nComment: [^\n]*moved/ }""", path]), ours);
        Assert.AreEqual(Run(["awk", """BEGIN{RS="";FS="\n"} index($1,"] [user7:") && $1 ~ /^\[ Nov 0[345] / {for(i=2;i<=NF;i++) if(index($i,"Comment: ")==1 && index($i,"moved")) {print $0 "\n"; break}}""", path]), ours);
    }

    private static long Count(string path)
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        return log.Count(AuditQuery.All);
    }

    private static string Run(string[] command)
    {
        using ChildProcess process = ChildProcess.StartProgram(command);
        process.Input.Close();
        (int exitCode, string output, string errors) = process.Finish();
        Assert.AreEqual(0, exitCode, errors);
        return output;
    }
}
