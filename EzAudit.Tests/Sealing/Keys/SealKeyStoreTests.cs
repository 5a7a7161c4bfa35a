using System.Text;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>Keys in a directory, with real files.</summary>
[TestClass]
public sealed class SealKeyStoreTests : IDisposable
{
    private const string KeyName = "keys/seal.key";

    private readonly TempFolder _folder = new();
    private readonly KeyLife _life;

    public SealKeyStoreTests() => _life = Life();

    public void Dispose()
    {
        _life.Store.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void TheFirstKeyHasItsDirectoryAndAFileWithTheVerificationKey()
    {
        _life.Begin();

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["keys"]));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder[KeyName]));
        Assert.AreEqual($"{_life.Ledger!.Key}\n", _folder.Read("keys/seal.vkey"));
        StringAssert.StartsWith(_folder.Read(KeyName), $"ezaudit-seal-key v1\n{KeyLife.Origin}\n0\nMI", StringComparison.Ordinal);
        Assert.AreEqual((0L, KeyLife.Origin), (_life.Ledger.Epoch, _life.Ledger.Key.Name));
    }

    [TestMethod]
    public void EachEpochHasItsKeyAndTheOneBeforeIsOverwrittenAndGone()
    {
        _life.Begin();
        EpochKey root = _life.Ledger!;
        using FileStream first = File.OpenRead(_folder[KeyName]);
        long length = first.Length;

        _life.NextEpoch();

        Assert.AreEqual(1, _life.Ledger!.Epoch);
        Assert.AreNotEqual(root.Key, _life.Ledger.Key);
        byte[] left = new byte[length];
        first.ReadExactly(left);
        Assert.IsFalse(left.AsSpan().ContainsAnyExcept((byte)0));
        CollectionAssert.AreEquivalent(new[] { "seal.key", "seal.vkey" }, Names());
        Assert.AreEqual($"{root.Key}\n", _folder.Read("keys/seal.vkey"));
    }

    [TestMethod]
    public void TheNextKeySignsBeforeTheExchangeIfTheLedgerSaysSo()
    {
        _life.Begin();
        EpochKey root = _life.Ledger!;
        EpochKey next = _life.Store.PrepareNext(root);
        _life.Sign();

        _life.Ledger = next;
        _life.Sign();

        Assert.AreEqual(root, _life.Store.Load().Found);
        Assert.AreEqual(KeyState.Ready, _life.Store.Find(next).State);
        Assert.AreEqual(next, _life.Store.Load().Found);
    }

    [TestMethod]
    public void SeveralLedgersHaveTheirKeysInOneDirectory()
    {
        _life.Begin();
        using var other = new SealKeyStore(SealKeyStore.DirectoryAt(_folder["keys"]), "seal-shop");
        EpochKey key = other.CreateRoot("example.com/shop");
        _life.NextEpoch();

        Assert.AreEqual(KeyState.Ready, other.Find(key).State);
        CollectionAssert.AreEquivalent(new[] { "seal.key", "seal.vkey", "seal-shop.key", "seal-shop.vkey" }, Names());
    }

    [TestMethod]
    public void LookingForAKeyCreatesNothing()
    {
        Assert.AreEqual((KeyState.Missing, $"{_folder[KeyName]}: does not exist"), Facts(_life.Store.Load()));
        Assert.AreEqual((KeyState.Missing, $"{_folder[KeyName]}: does not exist"), Facts(_life.Store.Find(null)));
        Assert.IsFalse(Directory.Exists(_folder["keys"]));
    }

    [TestMethod]
    public void AKeyThatTheLedgerDoesNotKnowIsANewTrustRoot()
    {
        _life.Begin();
        EpochKey before = _life.Ledger!;
        Assert.AreEqual((KeyState.Root, ""), Facts(_life.Store.Find(null)));

        EpochKey after = _life.Store.CreateRoot(KeyLife.Origin);

        KeyFinding found = _life.Store.Find(before);
        Assert.AreEqual(after, found.Found);
        Assert.AreEqual(
            (KeyState.Root, $"{_folder[KeyName]}: found the key of epoch 0 with the fingerprint {after.Key.Fingerprint}, a new one; the ledger ends with the key of epoch 0 with the fingerprint {before.Key.Fingerprint}"),
            Facts(found));
    }

    [TestMethod]
    public void AKeyThatIsNewerThanTheLedgerMeansThatTheLedgerWasRolledBack()
    {
        _life.Begin();
        EpochKey old = _life.Ledger!;
        _life.NextEpoch();

        KeyFinding cutOff = _life.Store.Find(old);
        KeyFinding deleted = _life.Store.Find(null);

        Assert.AreEqual((KeyState.Newer, KeyState.Newer), (cutOff.State, deleted.State));
        StringAssert.EndsWith(cutOff.Problem, "; the ledger was rolled back or cut off", StringComparison.Ordinal);
        StringAssert.EndsWith(deleted.Problem, ", but there is no ledger; it was deleted, or its directory was replaced", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnOlderKeyOrOneOfAnotherLedgerIsNotTheLedgers()
    {
        _life.Begin();
        _life.NextEpoch();
        byte[] backup = File.ReadAllBytes(_folder[KeyName]);
        _life.NextEpoch();
        EpochKey current = _life.Ledger!;
        File.WriteAllBytes(_folder[KeyName], backup);

        KeyFinding older = _life.Store.Find(current);
        _life.Store.CreateRoot("example.com/other");
        KeyFinding other = _life.Store.Find(current);

        Assert.AreEqual((KeyState.Replaced, KeyState.Replaced), (older.State, other.State));
        StringAssert.Contains(older.Problem, ": found the key of epoch 1 ", StringComparison.Ordinal);
        StringAssert.EndsWith(older.Problem, "; the key was replaced or comes from a backup", StringComparison.Ordinal);
        StringAssert.Contains(other.Problem, " of \"example.com/other\", expected the key of epoch 2 ", StringComparison.Ordinal);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<SealKeyException>(() => _life.Sign()).Message, $"{_folder[KeyName]}: found the key of epoch 0 ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AKeyFileThatOthersCanReadOrWriteIsRefused()
    {
        _life.Begin();
        foreach (UnixFileMode open in new[] { UnixFileMode.OtherRead, UnixFileMode.OtherWrite })
        {
            File.SetUnixFileMode(_folder[KeyName], UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
            string mode = open == UnixFileMode.OtherRead ? "0604" : "0602";

            Assert.AreEqual(
                (KeyState.Unreadable, $"{_folder[KeyName]}: found a key file that others can read or write ({mode}), expected one that only its owner, or its owner and group, can read (chmod o-rw)."),
                Facts(_life.Store.Find(_life.Ledger)));
            Assert.ThrowsExactly<SealKeyException>(() => _life.Store.PrepareNext(_life.Ledger!));
        }
        File.SetUnixFileMode(_folder[KeyName], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.AreEqual(KeyState.Ready, _life.Store.Find(_life.Ledger).State);
    }

    [TestMethod]
    public void AKeyFileOfAStrangerOrBehindALinkIsRefused()
    {
        Needs.Root("chown");
        _life.Begin();
        Command.Run("chown", "4711", _folder[KeyName]);
        Assert.AreEqual(KeyState.Unreadable, _life.Store.Find(_life.Ledger).State);
        Command.Run("chown", "0", _folder[KeyName]);
        File.Move(_folder[KeyName], _folder["elsewhere"]);
        File.CreateSymbolicLink(_folder[KeyName], _folder["elsewhere"]);

        KeyFinding found = _life.Store.Find(_life.Ledger);

        Assert.AreEqual((KeyState.Unreadable, $"{_folder[KeyName]}: opening failed: the path contains a symbolic link (ELOOP)."), Facts(found));
    }

    [TestMethod]
    public void ADirectoryThatEveryUserCanWriteToIsRefused()
    {
        Directory.CreateDirectory(_folder["keys"], (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(_folder["keys"], (UnixFileMode)0b111_111_111);

        StorageException failure = Assert.ThrowsExactly<StorageException>(_life.Begin);

        Assert.AreEqual($"{_folder["keys"]}: found a directory that every user can write to (0777), expected one that others cannot write to (chmod o-w).", failure.Message);
    }

    [TestMethod]
    public void ADamagedKeyIsReportedAndANewRootTakesItsPlace()
    {
        _life.Begin();
        File.WriteAllText(_folder[KeyName], "ezaudit-seal-key v2\n");
        Assert.AreEqual(
            (KeyState.Damaged, $"{_folder[KeyName]}: the key file is damaged: its first line is not \"ezaudit-seal-key v1\""), Facts(_life.Store.Find(_life.Ledger)));

        _life.Begin();

        Assert.AreEqual(KeyState.Ready, _life.Store.Find(_life.Ledger).State);
        CollectionAssert.AreEquivalent(new[] { "seal.key", "seal.vkey" }, Names());
    }

    [TestMethod]
    public void OnAReadOnlyDirectoryTheKeySignsButIsNotReplaced()
    {
        using var disk = new SmallDisk(_folder["keys"]);
        _life.Begin();
        Command.Run("mount", "-o", "remount,ro", _folder["keys"]);

        _life.Sign();
        Assert.AreEqual(KeyState.Ready, _life.Store.Find(_life.Ledger).State);
        StorageException failure = Assert.ThrowsExactly<StorageException>(() => _life.Store.PrepareNext(_life.Ledger!));

        Assert.AreEqual($"{_folder["keys/seal.key.next"]}: opening failed: the file system is read-only (EROFS).", failure.Message);
        Assert.AreEqual($"{_folder["keys/seal.key.next"]}: opening failed: the file system is read-only (EROFS).", Assert.ThrowsExactly<StorageException>(_life.Begin).Message);
        _life.Sign();
        Command.Run("mount", "-o", "remount,rw", _folder["keys"]);
        _life.NextEpoch();
    }

    [TestMethod]
    public void OnAFullDiskTheKeySignsButIsNotReplaced()
    {
        using var disk = new SmallDisk(_folder["keys"]);
        _life.Begin();
        disk.Fill();

        StorageException failure = Assert.ThrowsExactly<StorageException>(() => _life.Store.PrepareNext(_life.Ledger!));

        Assert.AreEqual($"{_folder["keys/seal.key.next"]}: writing failed: no space left on the disk (ENOSPC).", failure.Message);
        _life.Sign();
        Assert.AreEqual(KeyState.Ready, _life.Store.Find(_life.Ledger).State);
        disk.Empty();
        _life.NextEpoch();
    }

    [TestMethod]
    public void NoPrivateKeyStaysInTheDirectoryBesideTheCurrentOne()
    {
        _life.Begin();
        var seen = new HashSet<string>();
        for (int epoch = 0; epoch < 5; epoch++)
        {
            Assert.IsTrue(seen.Add(_folder.Read(KeyName).Split('\n')[3]));
            _life.NextEpoch();
            string[] all = [.. Directory.EnumerateFiles(_folder["keys"]).Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)))];
            Assert.IsFalse(all.Any(text => seen.Any(text.Contains)));
        }
        Assert.IsTrue(VerificationKey.TryParse(_folder.Read("keys/seal.vkey").TrimEnd('\n'), out _));
    }

    private KeyLife Life() => new(SealKeyStore.DirectoryAt(_folder["keys"]));

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_folder["keys"]).Select(path => Path.GetFileName(path))];

    private static (KeyState State, string Problem) Facts(KeyFinding found) => (found.State, found.Problem);
}
