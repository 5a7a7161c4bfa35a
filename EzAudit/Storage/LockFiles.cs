namespace EzAudit.Storage;

/// <summary>The names of the lock files and temporary files that coordinate writers, all in one hidden directory.</summary>
internal static class LockFiles
{
    public const string DirectoryName = ".ezaudit";

    /// <summary>Locked by the process that erases.</summary>
    public const string ErasureName = $"{DirectoryName}/erasure.lock";

    /// <summary>What is being erased; remains if a process is stopped in between.</summary>
    public const string ErasureJournalName = $"{DirectoryName}/erasure";

    public static string ProbeName(int process) => $"{DirectoryName}/probe.{process}";

    public static string LeaseName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.lock";

    public static string TurnstileName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.next";

    /// <summary>Exists while numbered files are being renamed; remains if a process is stopped in between.</summary>
    public static string ShiftName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.shift";

    /// <summary>Locked by the process that compresses.</summary>
    public static string CompressionName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.gzip";

    /// <summary>An incomplete compressed copy.</summary>
    public static string CopyName(string logFile) => $"{DirectoryName}/{Flat(logFile)}.gz.tmp";

    /// <summary>All files that only serve as locks.</summary>
    public static IEnumerable<string> NamesOf(string logFile) => [TurnstileName(logFile), LeaseName(logFile), CompressionName(logFile)];

    private static string Flat(string logFile) => logFile.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal);
}
