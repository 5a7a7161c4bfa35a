using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.EzCases;

/// <summary>Repeats every recorded run of eZ Publish with EzAudit. Knows no case by name: each contains its expected result.</summary>
[TestClass]
public sealed class EzCaseTests
{
    /// <summary>The variable that names a directory of cases to run instead of those in the repository.</summary>
    private const string OtherCases = "EZAUDIT_EZ_CASES";

    public TestContext TestContext { get; set; } = null!;

    private static string CasesDirectory =>
        Environment.GetEnvironmentVariable(OtherCases) is { Length: > 0 } other ? other : Repository.PathOf("EzAudit.Tests", "EzCases", "cases");

    private static IEnumerable<string> Names => Directory.EnumerateDirectories(CasesDirectory)
        .Where(directory => File.Exists(Path.Combine(directory, "case.json")))
        .Select(directory => Path.GetFileName(directory))
        .Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void TheResultIsThatOfTheCase(string name)
    {
        var run = new EzCase(Path.Combine(CasesDirectory, name));
        switch (run.Verdict)
        {
            case EzVerdict.Same or EzVerdict.Differs:
                Writes(run);
                break;
            case EzVerdict.SettingsError:
                RefusesTheSettings(run);
                break;
            case EzVerdict.Error:
                Throws(run);
                break;
            default:
                Assert.AreEqual(EzVerdict.Skip, run.Verdict);
                Assert.IsGreaterThan(0, run.Why.Length, "Found no reason for leaving the case out, expected one.");
                break;
        }
    }

    [TestMethod]
    public void CasesAreCountedAndSkippedOnesAreListed()
    {
        var verdicts = Names.Select(name => (Name: name, Case: new EzCase(Path.Combine(CasesDirectory, name)))).ToList();

        foreach (var group in verdicts.GroupBy(item => item.Case.Verdict).OrderBy(group => group.Key))
            TestContext.WriteLine($"{group.Key}: {group.Count()}");
        foreach ((string name, EzCase run) in verdicts.Where(item => item.Case.Verdict == EzVerdict.Skip))
            TestContext.WriteLine($"left out: {name}: {run.Why}");
        Assert.Contains(item => item.Case.Verdict == EzVerdict.Same, verdicts);
    }

    private static void Writes(EzCase wanted)
    {
        using var run = new EzRun(wanted);

        run.MakeCalls();

        CollectionAssert.AreEqual(wanted.Returns.ToList(), run.Returns, $"found {string.Join(", ", run.Returns)}, expected {string.Join(", ", wanted.Returns)}");
        AssertTree(wanted.Expected(), run.Tree());
    }

    private static void RefusesTheSettings(EzCase wanted)
    {
        using var run = new EzRun(wanted);
        RootTree before = run.Tree();

        var refusal = Assert.ThrowsExactly<AuditSettingsException>(() => run.Build(hostName: "").Dispose());

        Assert.Contains(problem => NamesItsPlace(run.Root, problem), refusal.Problems, string.Join('\n', refusal.Problems));
        AssertTree(before, run.Tree());
    }

    private static bool NamesItsPlace(string root, AuditSettingsProblem problem)
    {
        string file = Path.Combine(root, problem.File);
        return !problem.IsWarning && File.Exists(file) && problem.Line >= 1 && problem.Line <= File.ReadAllLines(file).Length;
    }

    private static void Throws(EzCase wanted)
    {
        using var run = new EzRun(wanted);

        Exception? failure = null;
        try
        {
            run.MakeCalls();
        }
        catch (Exception e) when (e is AuditWriteException or AuditSettingsException)
        {
            failure = e;
        }

        Assert.IsNotNull(failure, $"Found the answers {string.Join(", ", run.Returns)}, expected an exception.");
        AssertTree(wanted.Expected(), run.Tree());
    }

    private static void AssertTree(RootTree wanted, RootTree found)
    {
        IReadOnlyList<string> differences = wanted.Differences(found);
        Assert.IsEmpty(differences, string.Join('\n', differences));
    }
}
