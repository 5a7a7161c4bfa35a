using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Sealing;
using EzAudit.Tests.Sealing.Verifying;

namespace EzAudit.Tests.Faults;

/// <summary>Directories of 200 records, as a writer leaves them, with any single change: each is found. All of them in the long form, a sample in the short one.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SealedFlipTests
{
    private const string History = "Epoch=1m\n[RotationSettings]\nMaxFileSize=6KiB\nCompress=gzip\nKeepFiles=2\n";

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Fault(25)]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("history")]
    public void AFlippedBitIsFound(string scene)
    {
        // Coprime with eight, so that all bits of a byte have their turn.
        Find(scene, 1009, files => files.SelectMany(file => Damage.Flips(file.Key, file.Value.Length)));
    }

    [TestMethod]
    [Fault(25)]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("history")]
    public void AFileThatIsCutOffOrDeletedIsFound(string scene)
    {
        Find(scene, 101, files => files.SelectMany(file => Damage.Truncations(file.Key, file.Value.Length)));
        Find(scene, 1, files => files.Select(file => Damage.Delete(file.Key)));
    }

    [TestMethod]
    [Fault(25)]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("history")]
    public void ARecordOrALineThatIsRemovedRepeatedOrSwappedIsFound(string scene) => Find(scene, 307, files => files
        .Where(file => !file.Key.EndsWith(".gz", StringComparison.Ordinal))
        .SelectMany(file => Damage.Moves(file.Key, file.Value, Damage.EndOf(file.Key))));

    private void Find(string scene, int step, Func<IEnumerable<KeyValuePair<string, byte[]>>, IEnumerable<Damage>> damage)
    {
        using SealedSite site = Write(scene);
        using var copies = new DamagedCopies(site.LogDirectory, site.Key);
        int every = FaultForm.Choose(step, 1);
        var (unnoticed, count) = copies.Find(damage(copies.Files.OrderBy(file => file.Key, StringComparer.Ordinal)).Where((_, i) => i % every == 0));

        Assert.IsGreaterThan(0, count);
        Damage[] missed = [.. unnoticed.Where(change => !IsWithoutMeaning(change, copies.Files))];
        Assert.IsEmpty(missed, $"{missed.Length} of {count}: {string.Join(", ", missed.Take(20))}");
        TestContext.WriteLine($"{scene}: {count} changes of {copies.Files.Count} files, {copies.Files.Values.Sum(bytes => bytes.Length)} bytes; {unnoticed.Count} of them change nothing that counts");
    }

    private static SealedSite Write(string scene)
    {
        if (scene != "history")
        {
            var plain = new SealedSite($"[FunctionDefaults]\nDurability={scene}\n");
            plain.Write(100);
            plain.Write(100);
            Assert.AreEqual(200, plain.Expect().Records);
            return plain;
        }
        // Several epochs and segments of the ledger, compressed files, and removed ones.
        var site = new SealedSite(History) { SegmentBytes = 12 << 10 };
        for (int i = 0; i < 4; i++)
        {
            site.Write(50);
            site.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        site.Expect();
        Assert.IsGreaterThan(1, site.Leaves(LeafKind.NextKey).Length);
        Assert.IsNotEmpty(site.Leaves(LeafKind.Removed));
        Assert.IsTrue(File.Exists(site.PathOf("ledger/000002.ezl")));
        Assert.IsNotEmpty(Directory.EnumerateFiles(site.LogDirectory, "*.gz"));
        return site;
    }

    // What docs/ledger.md lists as bytes on which nothing depends.
    private static bool IsWithoutMeaning(Damage change, IReadOnlyDictionary<string, byte[]> files)
    {
        if (change.FlippedByte < 0) return false;
        if (change.File.EndsWith(".gz", StringComparison.Ordinal)) return IsOfContainer(change.FlippedByte, files[change.File].Length);
        return change.File.EndsWith(".ezl", StringComparison.Ordinal) && IsSaltOfRemovedFile(change, files);
    }

    // Flags, time and system in the header of a gzip file, and the byte with the last bits of the compressed data, before eight bytes of checksum and length.
    private static bool IsOfContainer(int offset, int length) => offset is >= 3 and < 10 || offset == length - 9;

    private static bool IsSaltOfRemovedFile(Damage change, IReadOnlyDictionary<string, byte[]> files)
    {
        byte[] bytes = files[change.File];
        int start = bytes.AsSpan(0, change.FlippedByte).LastIndexOf((byte)'\n') + 1;
        int end = start + bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        if (!LedgerLine.TryParse(bytes.AsSpan(start..end), out LedgerLine line) || !line.IsExtent) return false;
        int salt = start + bytes.AsSpan(start..end).IndexOf(line.Salt);
        return change.FlippedByte >= salt && change.FlippedByte < salt + LedgerLine.SaltLength && RemovedFiles(files).Contains(line.FileId);
    }

    private static HashSet<long> RemovedFiles(IReadOnlyDictionary<string, byte[]> files)
    {
        var removed = new HashSet<long>();
        foreach (byte[] segment in files.Where(file => file.Key.EndsWith(".ezl", StringComparison.Ordinal)).Select(file => file.Value))
        {
            foreach (Range range in segment.AsSpan().Split((byte)'\n'))
            {
                if (LedgerLine.TryParse([.. segment.AsSpan(range), (byte)'\n'], out LedgerLine line) && line.Kind == LeafKind.Removed) removed.Add(line.FileId);
            }
        }
        return removed;
    }
}
