namespace EzAudit.Records;

/// <summary>A problem in the settings, with its place.</summary>
/// <param name="File">The settings file, relative to the root; or the name of another source, such as <c>configuration</c>.</param>
/// <param name="Line">The line, from 1; 0 if the problem is the file itself.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="IsWarning">Whether the settings can be used nevertheless.</param>
public sealed record AuditSettingsProblem(string File, int Line, string Found, string Expected, bool IsWarning = false)
{
    /// <summary><c>FILE:LINE: found ..., expected ...</c></summary>
    public override string ToString() =>
        Line > 0 ? $"{File}:{Line}: found {Found}, expected {Expected}" : $"{File}: found {Found}, expected {Expected}";
}
