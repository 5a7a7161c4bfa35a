namespace EzAudit.Recovery;

/// <summary>A run of whole records that are appended with one call.</summary>
/// <param name="Start">Its start in the file that is being recovered.</param>
/// <param name="End">Its end there.</param>
/// <param name="Device">The device of the log file before it was appended.</param>
/// <param name="Inode">The inode of the log file at that time.</param>
/// <param name="LogLength">The length of the log file at that time.</param>
internal sealed record ImportBatch(long Start, long End, ulong Device, ulong Inode, long LogLength);
