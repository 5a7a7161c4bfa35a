namespace EzAudit.Cli;

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

    public static int Of(long found) => found > 0 ? Found : NothingFound;
}
