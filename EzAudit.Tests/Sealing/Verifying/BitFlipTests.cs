using EzAudit.Records;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Whatever is changed in a small directory with every kind of line is found.</summary>
[TestClass]
public sealed class BitFlipTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Fault(25, 79)]
    public void EverySingleBitFlipIsFound() => Find((file, bytes) => Damage.Flips(file, bytes.Length));

    [TestMethod]
    public void EveryLineThatIsRemovedRepeatedOrSwappedIsFound() => Find((file, bytes) => Damage.Moves(file, bytes, Damage.EndOf(file)));

    [TestMethod]
    [Fault(79)]
    public void EveryTruncationIsFound() => Find((file, bytes) => Damage.Truncations(file, bytes.Length));

    [TestMethod]
    public void EveryFileThatIsDeletedIsTampering()
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();
        foreach (string path in Directory.EnumerateFiles(ledger.Folder.Path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            Assert.AreEqual(AuditVerificationResult.Tampered, ledger.Verify().Result, path);
            File.WriteAllBytes(path, bytes);
        }
        ledger.Expect();
    }

    private void Find(Func<string, byte[], IEnumerable<Damage>> damage)
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();
        using var copies = new DamagedCopies(ledger.Folder.Path, ledger.Root.ToString());
        var (unnoticed, count) = copies.Find(copies.Files.SelectMany(file => damage(file.Key, file.Value)));

        Assert.IsEmpty(unnoticed, string.Join(", ", unnoticed));
        Assert.IsGreaterThan(0, count);
        TestContext.WriteLine($"{count} changes, all found");
    }
}
