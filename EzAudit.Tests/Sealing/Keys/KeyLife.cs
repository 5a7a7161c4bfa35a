using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;
using EzAudit.Storage;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>A key store with the ledger that it signs for, of which only the current key matters here.</summary>
internal sealed class KeyLife(ILogDirectory directory)
{
    public const string Origin = "example.com/log";
    public const string Stem = "seal";

    private int _size;

    public SealKeyStore Store { get; } = new(directory, Stem);

    /// <summary>The current key according to the ledger, on disk.</summary>
    public EpochKey? Ledger { get; set; }

    public void Begin() => Ledger = Store.CreateRoot(Origin);

    /// <summary>Replaces the key, as the sealer does.</summary>
    public void NextEpoch()
    {
        EpochKey next = Store.PrepareNext(Ledger!);
        Sign();
        // The checkpoint that covers the new key is on disk now.
        Ledger = next;
        Store.Commit(next);
        Sign();
    }

    /// <summary>Signs a checkpoint; fails if anybody would not accept the signature.</summary>
    public void Sign()
    {
        var checkpoint = new Checkpoint(Origin, ++_size, TreeHash.OfLeaf("leaf"u8));
        SignedCheckpoint signed = Store.Sign(checkpoint, Ledger!);
        Assert.IsTrue(signed.IsSignedBy(Ledger!.Key));
        Assert.AreEqual(checkpoint, signed.Checkpoint);
    }

    /// <summary>Goes on after an interruption, as the next process does; fails if the ledger's key is lost.</summary>
    public void Recover(string trial)
    {
        KeyFinding found = Store.Find(Ledger);
        Assert.AreEqual("", found.Problem.Replace("/memory/seal.key: does not exist", "", StringComparison.Ordinal), trial);
        if (Ledger is null)
        {
            Assert.IsTrue(found.State is KeyState.Root or KeyState.Missing, $"{trial}: {found}");
            Ledger = found.State == KeyState.Root ? found.Found : Store.CreateRoot(Origin);
        }
        else
        {
            Assert.AreEqual(KeyState.Ready, found.State, $"{trial}: {found}");
        }
        Sign();
        NextEpoch();
    }
}
