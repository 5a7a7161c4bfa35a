namespace EzAudit.Storage;

/// <summary>A record among others: where it ends, and who waits for it.</summary>
internal readonly record struct PendingRecord(int End, Ticket? Ticket);
