namespace EzAudit.PostgreSql;

/// <summary>A record that the store refuses for good, however often it is sent. Immutable; compared by value.</summary>
/// <param name="Index">The index of the record among those handed over.</param>
/// <param name="Reason">Why the store refuses it.</param>
public sealed record AuditStoreRefusal(int Index, string Reason);
