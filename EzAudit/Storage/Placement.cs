namespace EzAudit.Storage;

/// <summary>Where a record came to stand: an open file, and how many bytes of it must be on disk for the record to be.</summary>
internal readonly record struct Placement(SyncedFile File, long End);
