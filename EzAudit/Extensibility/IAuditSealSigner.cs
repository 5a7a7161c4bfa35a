namespace EzAudit.Extensibility;

/// <summary>
/// Signs the checkpoints of a ledger with a key that never leaves a KMS, an HSM or another process: for <c>[SealSettings] Signer=NAME</c>. Must be
/// thread-safe, because a writer with several log directories has several ledgers. Disposed once, after the last checkpoint.
/// </summary>
/// <remarks>
/// <para>
/// Such a key has no epochs: it cannot be stolen, but whoever can use it can sign for the past as well, so ship the checkpoints to an anchor.
/// </para>
/// <para>
/// Other processes wait for the ledger during a call. A call that takes longer than 5 seconds is cancelled and counts as failed, and the next one is not made
/// before it has ended. Each call runs on a thread of its own, so it may block. After a failure, which is a health event, records are stored and wait for
/// the next checkpoint. Do not write audit records in a call.
/// </para>
/// </remarks>
public interface IAuditSealSigner : IDisposable
{
    /// <summary>Returns the public key, a point on P-256, as a SubjectPublicKeyInfo in DER. Called when a writer starts, and after a signature that does not fit. Another key than before is a new trust root of the ledger.</summary>
    /// <param name="cancellationToken">Cancelled when the call takes too long.</param>
    /// <exception cref="Exception">The key is not available, for any reason; the message is reported.</exception>
    ValueTask<byte[]> GetPublicKeyAsync(CancellationToken cancellationToken);

    /// <summary>Signs a text: ECDSA over its SHA-256, in DER. Called about once a second at most. The result is verified with the public key before it is used.</summary>
    /// <param name="text">The text of a checkpoint in UTF-8: three lines with the origin, the number of leaves and the root. Valid until the task completes.</param>
    /// <param name="cancellationToken">Cancelled when the call takes too long.</param>
    /// <exception cref="Exception">The text could not be signed, for any reason; the message is reported.</exception>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
