namespace EzAudit.Records;

/// <summary>A problem in the settings, with its place. Immutable; compared by value.</summary>
public sealed record AuditSettingsProblem
{
    /// <summary>Initializes an error.</summary>
    /// <param name="file">The settings file, relative to the root; or the name of another source, such as <c>configuration</c>.</param>
    /// <param name="line">The line, from 1; 0 if the problem is the file itself.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected.</param>
    public AuditSettingsProblem(string file, int line, string found, string expected)
    {
        File = file;
        Line = line;
        Found = found;
        Expected = expected;
    }

    /// <summary>The settings file, relative to the root; or the name of another source, such as <c>configuration</c>.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 if the problem is the file itself.</summary>
    public int Line { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    /// <summary>Whether the settings can be used nevertheless.</summary>
    public bool IsWarning { get; init; }

    /// <summary><c>FILE:LINE: found ..., expected ...</c></summary>
    public override string ToString() =>
        Line > 0 ? $"{File}:{Line}: found {Found}, expected {Expected}" : $"{File}: found {Found}, expected {Expected}";
}
