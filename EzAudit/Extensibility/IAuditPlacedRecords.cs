using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>The records of a store that have places in a ledger, for <see cref="AuditLedger.VerifyStore"/>.</summary>
public interface IAuditPlacedRecords
{
    /// <summary>The checkpoints of a ledger that the store keeps, as an anchor: what findings call each, and its text.</summary>
    /// <param name="ledger">The name of the ledger.</param>
    IReadOnlyList<KeyValuePair<string, string>> ReadCheckpoints(string ledger);

    /// <summary>Reads all records whose places are in a ledger, as they are in the store when the first of them is read.</summary>
    /// <param name="ledger">The name of the ledger.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The records in the order of their places: by file, then by offset. They are read as far as the caller goes on.</returns>
    IEnumerable<AuditPlacedRecord> Read(string ledger, CancellationToken cancellationToken);

    /// <summary>Why records of a time are not in the store, such as a month that was dropped; <see langword="null"/> if there is no such reason.</summary>
    string? ExplainMissing(DateTimeOffset time);
}

/// <summary>A record of a store, with what the store says about it. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Record">The record, as the columns of the store say.</param>
/// <param name="Bytes">Its bytes in the format of the target that sent it.</param>
/// <param name="Place">Where the store says that a sealed log file contains these bytes.</param>
public sealed record AuditPlacedRecord(AuditRecordId Id, AuditRecord Record, ReadOnlyMemory<byte> Bytes, AuditLedgerPlace Place)
{
    /// <summary>What contradicts itself in the store's columns; <see langword="null"/> if nothing does.</summary>
    public string? Problem { get; init; }
}
