namespace EzAudit.Recovery;

/// <summary>A run of whole records that is appended with one call.</summary>
/// <param name="Start">Where it begins in the file that is recovered.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="Device">The device of the log file before it was appended.</param>
/// <param name="Inode">The log file's inode then.</param>
/// <param name="LogLength">The log file's length then.</param>
internal sealed record ImportBatch(long Start, long End, ulong Device, ulong Inode, long LogLength);
