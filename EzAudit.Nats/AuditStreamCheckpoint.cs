using EzAudit.Extensibility;

namespace EzAudit.Nats;

/// <summary>A checkpoint of a ledger, as an anchor published it. Immutable; compared by value.</summary>
/// <param name="Id">Identifies it, however often it was published. Its origin says which anchor published it.</param>
/// <param name="Time">When it was published.</param>
/// <param name="Line">The checkpoint: <c>ezaudit-checkpoint ORIGIN SIZE ROOT SIGNATURE</c>.</param>
public sealed record AuditStreamCheckpoint(AuditRecordId Id, DateTimeOffset Time, string Line);
