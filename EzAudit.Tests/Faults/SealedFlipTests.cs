using EzAudit.Records;
using EzAudit.Tests.Sealing;

namespace EzAudit.Tests.Faults;

/// <summary>A directory of 200 records, as a writer leaves it, with any single bit flipped: each flip is found. All of them in the long form, a sample in the short one.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
public sealed class SealedFlipTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Fault(25)]
    [DataRow("disk")]
    [DataRow("os")]
    public void AFlippedBitIsFound(string durability)
    {
        using var site = new SealedSite($"[FunctionDefaults]\nDurability={durability}\n");
        site.Write(100);
        site.Write(100);
        Assert.AreEqual(200, site.Expect().Records);
        // Coprime with eight, so that all bits of a byte have their turn.
        int step = FaultForm.Choose(1009, 1);
        int count = 0;
        int start = 0;
        foreach (string path in Directory.EnumerateFiles(site.LogDirectory, "*", SearchOption.AllDirectories).Where(path => !path.Contains(".ezaudit", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(path);
            int bit = start;
            for (; bit < bytes.Length * 8; bit += step, count++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(path, bytes);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.AreNotEqual(AuditVerificationResult.Intact, site.Verify().Result, $"{path}, bit {bit}");
            }
            start = bit - (bytes.Length * 8);
            File.WriteAllBytes(path, bytes);
        }
        Assert.AreEqual(200, site.Expect().Records);
        TestContext.WriteLine($"{count} flips, all found");
    }
}
