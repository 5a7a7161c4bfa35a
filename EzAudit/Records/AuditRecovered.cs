namespace EzAudit.Records;

/// <summary>The result of recovering a fallback file.</summary>
/// <param name="File">The fallback file.</param>
/// <param name="Records">The number of its records appended to the log file by this recovery.</param>
/// <param name="Problems">The parts that are not complete records. They remain in the kept files.</param>
/// <param name="Kept">The files kept because of a problem in them; the others were deleted.</param>
public sealed record AuditRecovered(AuditFallbackFile File, long Records, IReadOnlyList<AuditLogProblem> Problems, IReadOnlyList<string> Kept);

/// <summary>A file that took records while another target could not, together with its rotated files.</summary>
/// <param name="Path">Its path.</param>
/// <param name="LogFile">The path of the log file that its records belong to.</param>
/// <param name="Length">The size of it and its rotated files, in bytes.</param>
public sealed record AuditFallbackFile(string Path, string LogFile, long Length);
