namespace EzAudit.Records;

/// <summary>How one target does: a log file, a target that a plugin brings, or something that <see cref="AuditWriter.AddHealth"/> added.</summary>
/// <param name="Target">The file's name or the target's.</param>
/// <param name="State">How it does now.</param>
/// <param name="LastError">What went wrong last; <see langword="null"/> when nothing ever did.</param>
/// <param name="Since">When the present state began, in UTC.</param>
/// <param name="Failed">How many records it failed to store since the writer was built.</param>
/// <param name="Lost">How many records were lost there and are not yet on record as lost.</param>
/// <param name="QueuedBytes">How many bytes wait in its queue.</param>
public sealed record AuditTargetHealth(
    string Target, AuditHealthState State, string? LastError, DateTimeOffset Since, long Failed, long Lost, long QueuedBytes);
