namespace EzAudit.Storage;

/// <summary>Something that happened to a log file, told after the fact.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="File">What it was called before, relative to the log directory.</param>
/// <param name="Other">What its content is called now; <see langword="null"/> when it is gone.</param>
internal sealed record LogFileChange(LogFileChangeKind Kind, string File, string? Other);
