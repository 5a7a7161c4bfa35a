namespace EzAudit.Extensibility;

/// <summary>Where a sealed log file contains a record, as the ledger names it. Immutable; compared by value.</summary>
/// <param name="Ledger">The name of the ledger: the origin in its checkpoints.</param>
/// <param name="File">The number of the log file in the ledger.</param>
/// <param name="Offset">The offset of the record's first byte in the file, from 0.</param>
public readonly record struct AuditLedgerPlace(string Ledger, long File, long Offset);
