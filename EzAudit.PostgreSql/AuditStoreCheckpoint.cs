namespace EzAudit.PostgreSql;

/// <summary>A checkpoint of a ledger, for the store to keep as an anchor. Immutable; compared by value.</summary>
/// <param name="Origin">Who sent it: the origin of the sender.</param>
/// <param name="Line">The checkpoint: <c>ezaudit-checkpoint ORIGIN SIZE ROOT SIGNATURE</c>.</param>
public sealed record AuditStoreCheckpoint(string Origin, string Line);
