namespace EzAudit.Records;

/// <summary>A directory of log files, as it was when it was looked at.</summary>
/// <param name="Path">Its path, absolute.</param>
/// <param name="Exists">Whether it is there. Where not, what follows is that of the nearest directory above it.</param>
/// <param name="FileSystem">The type of its file system, such as <c>ext4</c>; <see langword="null"/> where the system does not say.</param>
/// <param name="FreeBytes">How many bytes are free there; <see langword="null"/> where the system does not say.</param>
/// <param name="Owner">Login and id of its owner, <c>www-data (33)</c>; <see langword="null"/> where the system does not say.</param>
/// <param name="Mode">Its permissions; <see langword="null"/> on Windows.</param>
public sealed record AuditLogDirectory(string Path, bool Exists, string? FileSystem, long? FreeBytes, string? Owner, UnixFileMode? Mode);
