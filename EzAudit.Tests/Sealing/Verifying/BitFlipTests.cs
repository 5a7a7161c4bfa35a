using EzAudit.Records;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Whatever is changed in a directory that was verified before is found.</summary>
[TestClass]
public sealed class BitFlipTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Fault(25, 79)]
    public void EverySingleBitFlipIsFound()
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();
        ledger.Expect();
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(ledger.Folder.Path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int bit = 0; bit < bytes.Length * 8; bit++, count++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(path, bytes);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.AreNotEqual(AuditVerificationResult.Intact, ledger.Verify().Result, $"{path}, bit {bit}");
            }
            File.WriteAllBytes(path, bytes);
        }
        ledger.Expect();
        TestContext.WriteLine($"{count} flips, all found");
    }

    [TestMethod]
    public void EveryLineThatIsRemovedRepeatedOrSwappedIsFound()
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();
        int count = 0;
        foreach ((string path, string end) in new[] { (ledger.LedgerPath, "\n"), (ledger.CheckpointPath, "\n"), (ledger.PathOf(1), "\n\n"), (ledger.PathOf(2), "\n\n") })
        {
            string text = File.ReadAllText(path);
            string[] lines = [.. text.Split(end).SkipLast(1).Select(line => line + end)];
            foreach (string changed in Changes(lines).Where(changed => changed != text))
            {
                File.WriteAllText(path, changed);
                Assert.AreNotEqual(AuditVerificationResult.Intact, ledger.Verify().Result, $"{path} is now {changed}");
                count++;
            }
            File.WriteAllText(path, text);
        }
        TestContext.WriteLine($"{count} changes, all found");
    }

    private static IEnumerable<string> Changes(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            yield return string.Concat([.. lines[..i], .. lines[(i + 1)..]]);
            yield return string.Concat([.. lines[..i], lines[i], .. lines[i..]]);
            for (int j = i + 1; j < lines.Length; j++) yield return string.Concat([.. lines[..i], lines[j], .. lines[(i + 1)..j], lines[i], .. lines[(j + 1)..]]);
        }
    }

    [TestMethod]
    [Fault(79)]
    public void EveryTruncationIsFound()
    {
        using LedgerBuilder ledger = LedgerBuilder.OfTwoFiles();
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(ledger.Folder.Path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int length = 0; length < bytes.Length; length++, count++)
            {
                File.WriteAllBytes(path, bytes[..length]);
                Assert.AreNotEqual(AuditVerificationResult.Intact, ledger.Verify().Result, $"{path}, cut at {length}");
            }
            File.Delete(path);
            Assert.AreEqual(AuditVerificationResult.Tampered, ledger.Verify().Result, $"{path}, deleted");
            File.WriteAllBytes(path, bytes);
        }
        TestContext.WriteLine($"{count} truncations, all found");
    }
}
