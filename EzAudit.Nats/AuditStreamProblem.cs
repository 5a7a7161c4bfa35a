namespace EzAudit.Nats;

/// <summary>A message of the stream that is not a record of EzAudit, or one of a newer version. Immutable; compared by value.</summary>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Reason">Why it cannot be read.</param>
/// <param name="Data">Its payload.</param>
/// <param name="Version">The version of its payload; <see langword="null"/> if it names none.</param>
public sealed record AuditStreamProblem(long Sequence, string Subject, string Reason, ReadOnlyMemory<byte> Data, string? Version);
