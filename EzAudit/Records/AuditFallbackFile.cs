namespace EzAudit.Records;

/// <summary>A file that took records while another target could not, with its rotated files.</summary>
/// <param name="Path">Its path.</param>
/// <param name="LogFile">The path of the log file that its records are meant for.</param>
/// <param name="Length">How many bytes are in it and its rotated files.</param>
public sealed record AuditFallbackFile(string Path, string LogFile, long Length);
