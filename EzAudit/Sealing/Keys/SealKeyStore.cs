using EzAudit.Sealing.Notes;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;

namespace EzAudit.Sealing.Keys;

/// <summary>Signs with keys in a directory, each of which is destroyed when its epoch ends, so that nobody who reads them later can sign for the past.</summary>
/// <remarks>
/// <para>
/// <c>STEM.key</c> is the current key, <c>STEM.key.next</c> the next one, <c>STEM.key.old</c> one that is about to be destroyed, and <c>STEM.vkey</c>
/// the verification key of epoch 0. A process may be killed between any two steps: <c>STEM.key.next</c> is used or dropped as the ledger says, and once
/// <c>STEM.key.old</c> exists, the exchange is finished.
/// </para>
/// <para>
/// The private key is read for each signature and never kept. Overwriting reaches the disk's blocks only where the file system writes in place; keys on
/// a tmpfs leave nothing behind.
/// </para>
/// </remarks>
internal sealed class SealKeyStore(ILogDirectory directory, string stem) : SealSigner
{
    private readonly string _current = $"{stem}.key";
    private readonly string _next = $"{stem}.key.next";
    private readonly string _old = $"{stem}.key.old";

    public override bool Evolves => true;

    /// <summary>The path of the current key.</summary>
    public string KeyPath => Path.Combine(directory.Path, _current);

    /// <summary>A directory for keys: it and its files are for their owner only. Created when the first key is stored.</summary>
    public static ILogDirectory DirectoryAt(string path) => CurrentPlatform.DirectoryAt(
        path,
        new AccessRule(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute) { IsForKeys = true });

    /// <summary>Reads the current key without comparing it with a ledger; changes nothing.</summary>
    public KeyFinding Load()
    {
        try
        {
            using KeyFile file = KeyFile.Read(directory, Exists(_current) || !Exists(_old) ? _current : Exists(_next) ? _next : _old);
            return file.Finding;
        }
        catch (StorageException failure)
        {
            return new KeyFinding(KeyState.Unreadable, null, failure.Message);
        }
    }

    public override KeyFinding Find(EpochKey? ledger)
    {
        FinishExchange();
        using KeyFile current = KeyFile.Read(directory, _current);
        if (current.IsUnreadable) return current.Finding;
        if (current.Holds(ledger)) return Ready(ledger!);
        using (KeyFile next = KeyFile.Read(directory, _next))
        {
            if (next.IsUnreadable) return next.Finding;
            if (next.Holds(ledger))
            {
                Exchange();
                return new KeyFinding(KeyState.Ready, ledger, "");
            }
        }
        Destroy(_next);
        return current.Key is { } key ? Compare(key.Public, ledger) : current.Finding;
    }

    public override EpochKey CreateRoot(string origin)
    {
        FinishExchange();
        Destroy(_next);
        using PrivateKey key = PrivateKey.Create(origin, epoch: 0);
        Store(key);
        // Before the exchange: whoever is stopped in between creates a root again, and then this file too.
        new VerificationKeyFile(directory, stem).Write(key.Public.Key);
        Exchange();
        return key.Public;
    }

    public override SignedCheckpoint Sign(Checkpoint checkpoint, EpochKey ledger)
    {
        using KeyFile current = KeyFile.Read(directory, _current);
        if (current.Holds(ledger)) return Sign(checkpoint, current.Key!);
        // The next key is the ledger's current one from the checkpoint that covers it until the exchange.
        using KeyFile next = KeyFile.Read(directory, _next);
        if (next.Holds(ledger)) return Sign(checkpoint, next.Key!);
        KeyFinding found = current.Finding;
        throw new SealKeyException($"{(found.Problem.Length > 0 ? found.Problem : $"{KeyPath}: found {found.Found}")}; expected {ledger}.");
    }

    public override EpochKey PrepareNext(EpochKey ledger)
    {
        Require(ledger);
        Destroy(_next);
        using PrivateKey key = PrivateKey.Create(ledger.Key.Name, ledger.Epoch + 1);
        Store(key);
        return key.Public;
    }

    public override void Commit(EpochKey next) => Require(next);

    public override void Dispose() => directory.Dispose();

    private static SignedCheckpoint Sign(Checkpoint checkpoint, PrivateKey key)
    {
        SignedCheckpoint signed = SignedCheckpoint.Of(checkpoint, key.Public.Key, key.Sign(TextOf(checkpoint)));
        return signed.IsSignedBy(key.Public.Key) ? signed : throw new SealKeyException("The cryptographic library returned a signature that is not valid.");
    }

    private void Require(EpochKey ledger)
    {
        KeyFinding found = Find(ledger);
        if (found.State != KeyState.Ready) throw new SealKeyException(found.Problem);
    }

    // The key can sign even if a prepared one cannot be destroyed; preparing the next one tries again.
    private KeyFinding Ready(EpochKey ledger)
    {
        try
        {
            Destroy(_next);
            return new KeyFinding(KeyState.Ready, ledger, "");
        }
        catch (StorageException failure)
        {
            return new KeyFinding(KeyState.Ready, ledger, failure.Message);
        }
    }

    private KeyFinding Compare(EpochKey found, EpochKey? ledger)
    {
        if (ledger is null)
        {
            return found.Epoch == 0
                ? new KeyFinding(KeyState.Root, found, "")
                : new KeyFinding(KeyState.Newer, found, $"{KeyPath}: found {found}, but there is no ledger; it was deleted, or its directory was replaced");
        }
        bool sameOrigin = found.Key.Name == ledger.Key.Name;
        if (sameOrigin && found.Epoch == 0) return new KeyFinding(KeyState.Root, found, $"{KeyPath}: found {found}, a new one; the ledger ends with {ledger}");
        if (sameOrigin && found.Epoch > ledger.Epoch)
            return new KeyFinding(KeyState.Newer, found, $"{KeyPath}: found {found}, but the ledger ends with {ledger}; the ledger was rolled back or cut off");
        string origin = sameOrigin ? "" : $" of \"{found.Key.Name}\"";
        return new KeyFinding(KeyState.Replaced, found, $"{KeyPath}: found {found}{origin}, expected {ledger}; the key was replaced or comes from a backup");
    }

    private void Store(PrivateKey key)
    {
        using var text = new SecretBytes(KeyText.MaxLength);
        int length = KeyText.Format(key, text.Span);
        KeyFile.Create(directory, _next, text.Span[..length]);
    }

    // The old key keeps a name until it is destroyed, so that a process that is killed leaves it to the next one and not in free blocks.
    private void Exchange()
    {
        if (Exists(_current)) directory.Rename(_current, _old);
        TakePlace(_next);
        Destroy(_old);
    }

    private void FinishExchange()
    {
        if (directory.Identify(_old) is null) return;
        if (!Exists(_current)) TakePlace(Exists(_next) ? _next : _old);
        Destroy(_old);
    }

    private void TakePlace(string name)
    {
        // Where renaming reserves the new name first, an empty file may be left.
        if (directory.Identify(_current) is { Length: 0 }) directory.Delete(_current);
        directory.Rename(name, _current);
        directory.Sync(_current);
    }

    private bool Exists(string name) => directory.Identify(name) is { Length: > 0 };

    private void Destroy(string name)
    {
        if (directory.Identify(name) is not { } found) return;
        if (found.Length > 0) directory.Overwrite(name, 0, new byte[Math.Min(found.Length, KeyText.MaxLength)]);
        directory.Delete(name);
        directory.Sync(name);
    }
}
