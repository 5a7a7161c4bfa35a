namespace EzAudit.Tests.Architecture;

/// <summary>The violations of a rule, which must be none.</summary>
internal static class Violations
{
    public static void AssertNone(IEnumerable<string?> violations)
    {
        List<string?> found = [.. violations];
        Assert.IsEmpty(found, string.Join('\n', found));
    }
}
