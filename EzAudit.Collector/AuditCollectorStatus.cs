namespace EzAudit.Collector;

/// <summary>What a collector has done since it started. Immutable; compared by value.</summary>
/// <param name="Messages">Records and checkpoints of ledgers that were stored, including those that came again.</param>
/// <param name="Batches">Transactions.</param>
/// <param name="DeadLetters">Records and messages that were put aside.</param>
/// <param name="LastCommit">When the store last took something; <see langword="null"/> if it has not yet.</param>
/// <param name="Trouble">Why nothing proceeds; <see langword="null"/> if it does.</param>
public sealed record AuditCollectorStatus(long Messages, long Batches, long DeadLetters, DateTimeOffset? LastCommit, string? Trouble);
