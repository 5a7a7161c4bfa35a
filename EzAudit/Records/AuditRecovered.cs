namespace EzAudit.Records;

/// <summary>What became of a fallback file.</summary>
/// <param name="File">The fallback file.</param>
/// <param name="Records">How many of its records were put into the log file now.</param>
/// <param name="Problems">What in it is no whole record. It stays in the kept files.</param>
/// <param name="Kept">The files that were kept for what is wrong in them; those without a problem are deleted.</param>
public sealed record AuditRecovered(AuditFallbackFile File, long Records, IReadOnlyList<AuditLogProblem> Problems, IReadOnlyList<string> Kept);

/// <summary>A file that took records while another target could not, with its rotated files.</summary>
/// <param name="Path">Its path.</param>
/// <param name="LogFile">The path of the log file that its records are meant for.</param>
/// <param name="Length">How many bytes are in it and its rotated files.</param>
public sealed record AuditFallbackFile(string Path, string LogFile, long Length);
