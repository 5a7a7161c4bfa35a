using EzAudit.Records;

namespace EzAudit;

/// <summary>The settings cannot be used. Carries every problem of every file at once, each with its place.</summary>
public sealed class AuditSettingsException : Exception
{
    internal AuditSettingsException(IReadOnlyList<AuditSettingsProblem> problems) : base(Describe(problems)) => Problems = problems;

    /// <summary>All problems, warnings among them, in the order of the files.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems { get; }

    private static string Describe(IReadOnlyList<AuditSettingsProblem> problems) =>
        $"The audit settings cannot be used:{string.Concat(problems.Where(problem => !problem.IsWarning).Select(problem => $"{Environment.NewLine}  {problem}"))}";
}
