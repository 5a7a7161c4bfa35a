using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>A record as it waits in the spool of a sender, with its id. Valid only until <see cref="IAuditSender.SendAsync"/> completes; not thread-safe.</summary>
public sealed class AuditEnvelope
{
    private readonly StoredRecord? _stored;
    private readonly AuditLedgerPlace? _place;
    private AuditRecord? _record;
    private AuditFunction? _function;

    /// <summary>Initializes an envelope; for tests of senders.</summary>
    /// <param name="id">The id of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="function">The definition of its function.</param>
    /// <param name="bytes">The record in the target's format.</param>
    /// <param name="place">Where a sealed log file contains the record; <see langword="null"/> if none does.</param>
    public AuditEnvelope(AuditRecordId id, AuditRecord record, AuditFunction function, ReadOnlyMemory<byte> bytes, AuditLedgerPlace? place = null) =>
        (Id, _record, _function, Bytes, _place) = (id, record, function, bytes, place);

    internal AuditEnvelope(StoredRecord stored) => _stored = stored;

    /// <summary>Identifies the record, however often it is sent.</summary>
    public AuditRecordId Id { get; private set; }

    /// <summary>
    /// The record, with its fields and everything else that was known when it was written; only function and time if the sender's options say so. Decoded
    /// at the first use, and valid also later.
    /// </summary>
    public AuditRecord Record => _record ??= _stored!.ReadRecord();

    /// <summary>The definition of the record's function. If no plugin defines it, a definition that has only a name.</summary>
    public AuditFunction Function => _function ??= _stored!.ReadFunction();

    /// <summary>The record in the target's format, as a log file would have it, with terminator; or what <see cref="IAuditSender.Prepare"/> made of it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Where a sealed log file contains the same bytes; <see langword="null"/> if none does, or that is not known: see <see cref="AuditRecordView.Place"/>.</summary>
    public AuditLedgerPlace? Place => _stored is null ? _place : _stored.ReadPlace();

    /// <summary>The record as formats see it.</summary>
    public AuditRecordView View => new(Function, Record.Time, Record.Address, Record.Actor, Record.FieldSpan, Record.Session, Record.Trace) { Place = Place };

    /// <summary>Takes the next record of the spool. Envelopes are used again from part to part, so that a record that is only passed on costs no memory.</summary>
    internal void Hold(in AuditRecordId id, ReadOnlyMemory<byte> bytes)
    {
        (Id, Bytes) = (id, bytes);
        _record = null;
        _function = null;
    }
}

/// <summary>The bytes of a record in a spool, and how to read them.</summary>
internal abstract class StoredRecord
{
    public abstract AuditRecord ReadRecord();

    public abstract AuditFunction ReadFunction();

    public abstract AuditLedgerPlace? ReadPlace();
}
