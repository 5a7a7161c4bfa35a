namespace EzAudit.Records;

/// <summary>A directory of log files, as it was when it was inspected.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Exists">Whether it exists. If not, the other properties describe its nearest existing ancestor.</param>
/// <param name="FileSystem">The type of its file system, such as <c>ext4</c>; <see langword="null"/> if unknown.</param>
/// <param name="FreeBytes">The free space in bytes; <see langword="null"/> if unknown.</param>
/// <param name="Owner">Login and id of its owner, <c>www-data (33)</c>; <see langword="null"/> if unknown.</param>
/// <param name="Mode">Its permissions; <see langword="null"/> on Windows.</param>
public sealed record AuditLogDirectory(string Path, bool Exists, string? FileSystem, long? FreeBytes, string? Owner, UnixFileMode? Mode);
