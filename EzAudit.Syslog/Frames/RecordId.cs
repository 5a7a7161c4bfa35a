namespace EzAudit.Syslog.Frames;

/// <summary>Identifies a record, so that receivers recognize duplicates: the target's run and a number within it.</summary>
/// <param name="Run">Chosen at random at each start.</param>
/// <param name="Number">Counted from 1.</param>
internal readonly record struct RecordId(ulong Run, long Number);
