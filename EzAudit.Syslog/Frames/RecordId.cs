namespace EzAudit.Syslog.Frames;

/// <summary>What tells a record from every other one, so that a receiver knows the second copy: the run of the target and a number in it.</summary>
/// <param name="Run">Chosen at random at each start.</param>
/// <param name="Number">Counted from 1.</param>
internal readonly record struct RecordId(ulong Run, long Number);
