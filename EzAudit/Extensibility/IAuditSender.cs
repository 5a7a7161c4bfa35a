using System.Buffers;

namespace EzAudit.Extensibility;

/// <summary>
/// Sends records to a receiver that may be away. EzAudit keeps the records in a spool on disk, calls the sender with those that wait, and tries again
/// after a failure, also in the next process after this one was killed. Every record is therefore sent at least once: a receiver recognizes the second
/// copy by its <see cref="AuditRecordId"/>.
/// </summary>
/// <remarks>
/// <see cref="SendAsync"/> is called on a thread of EzAudit's own, by one call at a time, and may block. Nothing that happens here delays a caller of the audit
/// trail. Disposed once, after the last call. Do not write audit records in a call.
/// </remarks>
public interface IAuditSender : IAsyncDisposable
{
    /// <summary>
    /// Writes what the spool keeps as <see cref="AuditEnvelope.Bytes"/>: by default the record in the target's format. A sender that makes its message here,
    /// where many callers share the work, has less to do in <see cref="SendAsync"/>, where records are sent one after the other.
    /// </summary>
    /// <remarks>Must be thread-safe: called when the record is written, on the caller's thread. An exception means that the target does not store the record.</remarks>
    /// <param name="record">The record; valid only during the call.</param>
    /// <param name="bytes">The record in the target's format; valid only during the call.</param>
    /// <param name="output">Takes what is to be sent. A later version of the sender may have to read it.</param>
    void Prepare(in AuditRecordView record, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output) => output.Write(bytes);

    /// <summary>Sends the records in their order, and completes when the receiver has acknowledged all of them.</summary>
    /// <param name="batch">Records of one run; valid only until the task completes.</param>
    /// <param name="cancellationToken">Cancelled when the target is closed and the receiver takes too long.</param>
    /// <exception cref="AuditRejectedException">The receiver refuses one record for good. It goes into the dead-letter file, and the others are sent.</exception>
    /// <exception cref="Exception">
    /// The receiver did not take the records now. EzAudit waits and tries again, from the first record that was not confirmed. The message is shown in
    /// Health, so it should name the receiver.
    /// </exception>
    ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken);
}
