namespace EzAudit.Storage;

/// <summary>The names of the small files beside the log files that keep writers apart: all in one hidden directory.</summary>
internal static class LockFiles
{
    public const string DirectoryName = ".ezaudit";

    public const string ProbeName = DirectoryName + "/probe";

    public static string LeaseName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.lock";

    public static string TurnstileName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.next";

    public static string DroppedName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.dropped";

    private static string Flat(string logFile) => logFile.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal);
}
