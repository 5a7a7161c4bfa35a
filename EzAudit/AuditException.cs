using EzAudit.Records;

namespace EzAudit;

/// <summary>The base of the exceptions that EzAudit throws at an application, so that one handler can catch them all.</summary>
/// <remarks>
/// A mistake of the caller is an <see cref="ArgumentException"/>, <see cref="InvalidOperationException"/> or <see cref="ObjectDisposedException"/>
/// instead. What plugins throw at EzAudit has no common base: the caller of a writer gets an <see cref="AuditWriteException"/> with the plugin's
/// exception inside.
/// </remarks>
public abstract class AuditException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What failed, and what that means for the caller.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    protected AuditException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}

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
