using System.Text;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Keys;

/// <summary>Signs the checkpoints of one ledger. Not thread-safe: all calls, of all processes, are made under the ledger's lock.</summary>
internal abstract class SealSigner : IDisposable
{
    /// <summary>Whether each epoch has a key of its own, whose predecessor is destroyed.</summary>
    public abstract bool Evolves { get; }

    /// <summary>Compares the key with the ledger's, after finishing or undoing what a process left that was killed while it changed keys.</summary>
    /// <param name="ledger">The current key according to the ledger; <see langword="null"/> if there is no ledger.</param>
    /// <exception cref="Storage.StorageException">What was left could not be finished or undone.</exception>
    public abstract KeyFinding Find(EpochKey? ledger);

    /// <summary>Supplies a new trust root: a new key in place of any other, which is destroyed; or the key of a signer that has only one.</summary>
    /// <exception cref="Storage.StorageException">The key could not be stored.</exception>
    /// <exception cref="SealKeyException">The signer failed.</exception>
    public abstract EpochKey CreateRoot(string origin);

    /// <summary>Signs a checkpoint and verifies the signature. Works also if <see cref="Commit"/> was interrupted, and changes nothing.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="ledger">The current key according to the ledger.</param>
    /// <exception cref="SealKeyException">The current key is not there, or the signer failed.</exception>
    /// <exception cref="Storage.StorageException">The key could not be read.</exception>
    public abstract SignedCheckpoint Sign(Checkpoint checkpoint, EpochKey ledger);

    /// <summary>Creates and stores the key of the next epoch. The current one remains valid, also if this fails.</summary>
    /// <exception cref="SealKeyException">The current key is not there.</exception>
    /// <exception cref="Storage.StorageException">The new key could not be stored.</exception>
    public abstract EpochKey PrepareNext(EpochKey ledger);

    /// <summary>Destroys the key of the last epoch. Call it when the checkpoint that makes the next key current is on disk.</summary>
    /// <exception cref="SealKeyException">The next key is not there.</exception>
    /// <exception cref="Storage.StorageException">
    /// The old key may still be there. The new one is valid nevertheless; the next <see cref="PrepareNext"/> or <see cref="Find"/> tries again.
    /// </exception>
    public abstract void Commit(EpochKey next);

    public abstract void Dispose();

    protected static byte[] TextOf(Checkpoint checkpoint) => Encoding.UTF8.GetBytes(checkpoint.Text);
}
