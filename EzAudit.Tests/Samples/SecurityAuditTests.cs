using System.Text.RegularExpressions;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Samples;

/// <summary>Enterprise Tester's set-up with a file, as in its documentation.</summary>
[TestClass]
public sealed partial class SecurityAuditTests
{
    private const string FileName = "security-audit.txt";

    [TestMethod]
    public void AllFunctionsAreLinesOfOneFile()
    {
        using var sample = new SampleCopy("SecurityAudit");

        string output = sample.Run();

        string[] lines = File.ReadAllText(Path.Combine(sample.Root, "App_Data", FileName)).TrimEnd('\n').Split('\n');
        Assert.AreEqual(string.Join('\n', lines) + "\n", output);
        foreach (string line in lines) Assert.MatchesRegex(Line(), line);
        Assert.HasCount(7, lines);
        Assert.EndsWith(
            " administrator e2oqpa0come5441h4yhdeuhg [50] ViewEntity: Requirement 'Mahjong/User Stories/Requirement' "
            + "(6fbdede7-7243-4534-acc3-a2ba016d01b6) in project 'Mahjong' was viewed.",
            lines[3]);
        StringAssert.Contains(lines[0], " anonymous (null) [50] FailLogIn: ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void EachDayHasAFileAndTheCurrentOneKeepsItsName()
    {
        using TempFolder root = Settings();
        var clock = new FakeTimeProvider(new DateTimeOffset(2014, 2, 5, 10, 48, 19, 938, TimeSpan.Zero));
        using (AuditWriter writer = new AuditWriterBuilder(root.Path) { TimeProvider = clock }.Build())
        {
            View(writer);
            clock.Advance(TimeSpan.FromDays(1));
            View(writer);
        }

        CollectionAssert.AreEqual(
            new[] { FileName, FileName + ".2014-02-05.1" },
            Directory.EnumerateFiles(root["App_Data"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToArray());
        const string Rest = " 10:48:19,938 administrator e2oqpa0come5441h4yhdeuhg [50] ViewEntity: Requirement 'Mahjong/User Stories/Requirement' "
            + "(6fbdede7-7243-4534-acc3-a2ba016d01b6) in project 'Mahjong' was viewed.\n";
        Assert.AreEqual("2014-02-05" + Rest, root.Read($"App_Data/{FileName}.2014-02-05.1"));
        Assert.AreEqual("2014-02-06" + Rest, root.Read($"App_Data/{FileName}"));
    }

    private static TempFolder Settings()
    {
        var root = new TempFolder();
        foreach (string name in new[] { "audit.ini", "site.ini" })
            root.Write($"settings/{name}", File.ReadAllText(Repository.PathOf("samples", "SecurityAudit", "settings", name)));
        return root;
    }

    private static void View(AuditWriter writer)
    {
        var thread = new Thread(() =>
        {
            using IDisposable use = AuditTrail.Use(writer);
            using IDisposable context = AuditContext.Use(new AuditActor("administrator", "1"), session: "e2oqpa0come5441h4yhdeuhg");
            EntityAudit.View("Requirement", "Mahjong/User Stories/Requirement", "6fbdede7-7243-4534-acc3-a2ba016d01b6", "Mahjong");
        })
        { Name = "50" };
        thread.Start();
        thread.Join();
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \S+ \S+ \[50\] [A-Z]\w+: .+\.$")]
    private static partial Regex Line();
}
