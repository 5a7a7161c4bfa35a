using EzAudit.Records;

namespace EzAudit.Cli.Tooling;

/// <summary>How the tool ends, as grep and ausearch do.</summary>
internal static class ExitCode
{
    public const int Found = 0;
    public const int NothingFound = 1;
    public const int Error = 2;

    /// <summary>Stopped by Ctrl-C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>2 where what was read leaves it open whether the answer is whole and right, also where something was found: grep does the same.</summary>
    public static int Of(long found, IEnumerable<AuditLogProblem> problems) => problems.Any(problem => problem.LeavesDoubt) ? Error : Of(found);

    public static int Of(long found) => found > 0 ? Found : NothingFound;
}
