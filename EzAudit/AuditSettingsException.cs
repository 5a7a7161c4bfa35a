using EzAudit.Records;

namespace EzAudit;

/// <summary>The settings cannot be used. Reports every problem of every file at once, each with its file and line.</summary>
public sealed class AuditSettingsException : AuditException
{
    /// <summary>Initializes the exception; the message lists the problems that are not mere warnings.</summary>
    /// <param name="problems">All problems, including warnings. The list is copied.</param>
    public AuditSettingsException(IReadOnlyList<AuditSettingsProblem> problems) : base(Describe(problems)) => Problems = [.. problems];

    /// <summary>All problems, including warnings, in the order of the files.</summary>
    public IReadOnlyList<AuditSettingsProblem> Problems { get; }

    private static string Describe(IReadOnlyList<AuditSettingsProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return $"The audit settings cannot be used:{string.Concat(problems.Where(problem => !problem.IsWarning).Select(problem => $"{Environment.NewLine}  {problem}"))}";
    }
}
