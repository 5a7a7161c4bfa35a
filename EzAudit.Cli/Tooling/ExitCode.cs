using EzAudit.Records;

namespace EzAudit.Cli.Tooling;

/// <summary>The exit codes of the tool, the same as those of grep and ausearch.</summary>
internal static class ExitCode
{
    public const int Found = 0;
    public const int NothingFound = 1;
    public const int Error = 2;

    /// <summary>Stopped by Ctrl-C: 128 plus the number of the signal, as shells do.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>2 if a problem leaves it open whether the answer is complete and correct, even if records were found: grep does the same.</summary>
    public static int Of(long found, IEnumerable<AuditLogProblem> problems) => problems.Any(problem => problem.LeavesDoubt) ? Error : Of(found);

    public static int Of(long found) => found > 0 ? Found : NothingFound;
}
