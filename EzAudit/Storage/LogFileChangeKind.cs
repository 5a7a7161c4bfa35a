namespace EzAudit.Storage;

/// <summary>What happened to a log file other than being written to.</summary>
internal enum LogFileChangeKind
{
    Rotated,
    Deleted,
    Compressed,
}
