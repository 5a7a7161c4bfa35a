using System.Globalization;
using System.Text;
using EzAudit.Sealing.Proving;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>What <c>docs/ezledger.py</c> says of a proof, which shares no code with EzAudit, is what EzAudit says.</summary>
[TestClass]
public sealed class TwoProofVerifiersTests
{
    // Debian's own, to which python3-cryptography belongs.
    private const string Python = "/usr/bin/python3";

    private const int DamagedProofs = 2000;

    private const string Script = """
        import base64, os, sys
        import ezledger
        key = ezledger.Key(sys.argv[2])
        for name in sorted(os.listdir(sys.argv[1])):
            with open(os.path.join(sys.argv[1], name), "rb") as file:
                data = file.read()
            try:
                extent, log, offset, record, _ = ezledger.prove(data, [key])
                print("proven", extent.seq, offset, base64.b64encode(record).decode(), log)
            except ezledger.Fault:
                print("rejected")
        """;

    [TestMethod]
    public void TheyAgreeOnEveryRangeOfAnExtentAndOnDamagedProofs()
    {
        Needs.Programs("python3");
        using TempFolder folder = new();
        using var ledger = new ProofLedger("example.com/h\u00f6st");
        byte[] extent = Encoding.UTF8.GetBytes("[ one ]\nText: \u00e4\n\n[ two ]\nText\n\n[ three ]\nText\n\n");
        List<byte[]> files = [.. Ranges(ledger, extent), .. Damaged(ledger, extent)];
        for (int i = 0; i < files.Count; i++) File.WriteAllBytes(Path.Combine(folder.Path, i.ToString("00000", CultureInfo.InvariantCulture)), files[i]);

        string[] theirs = RunPython("-c", Script, folder.Path, ledger.Genesis.ToString()).TrimEnd('\n').Split('\n');
        string[] ours = [.. files.Select(file => VerdictOf(file, ledger))];

        CollectionAssert.AreEqual(theirs, ours);
        Assert.AreEqual(3, ours.Count(verdict => verdict.StartsWith("proven", StringComparison.Ordinal)), string.Join('\n', ours.Where(verdict => verdict != "rejected")));
    }

    [TestMethod]
    public void TheyAgreeOnAChainOfKeys()
    {
        Needs.Programs("python3");
        using TempFolder folder = new();
        using var ledger = new ProofLedger();
        byte[] extent = "one\ntwo\n"u8.ToArray();
        int file = ledger.Add("f", "1 0 77 login.log"), leaf = ledger.AddExtent(1, 0, extent, 2);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, $"{epoch}"), ledger.Prove(leaf, file, extent, (0, 4)).ToBytes());
            ledger.NextEpoch();
        }
        Assert.AreEqual(
            string.Concat(Enumerable.Repeat($"proven {leaf} 0 b25lCg== login.log\n", 5)), RunPython("-c", Script, folder.Path, ledger.Genesis.ToString()));
    }

    // Every range of the extent: three of them are records.
    private static IEnumerable<byte[]> Ranges(ProofLedger ledger, byte[] extent)
    {
        int file = ledger.Add("f", "1 0 77 login.log"), leaf = ledger.AddExtent(1, 0, extent, 3);
        ledger.NextEpoch();
        for (int begin = 0; begin < extent.Length; begin++)
            for (int length = 0; length <= extent.Length - begin; length++) yield return ledger.Prove(leaf, file, extent, (begin, length)).ToBytes();
    }

    private static IEnumerable<byte[]> Damaged(ProofLedger ledger, byte[] extent)
    {
        var random = new Random(11);
        string file = Encoding.UTF8.GetString(ledger.Prove(3, 2, extent, (0, 18)).ToBytes());
        string base64 = file.Split('\n')[1]["extra ".Length..];
        byte[] whole = Encoding.UTF8.GetBytes(file), extra = Convert.FromBase64String(base64);
        for (int i = 0; i < DamagedProofs; i++)
        {
            yield return i % 2 == 0
                ? Damage(whole, random)
                : Encoding.UTF8.GetBytes(file.Replace(base64, Convert.ToBase64String(Damage(extra, random)), StringComparison.Ordinal));
        }
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        while (true)
        {
            byte[] damaged = Change(bytes, random);
            if (!damaged.AsSpan().SequenceEqual(bytes)) return damaged;
        }
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length), length = random.Next(1, Math.Min(60, bytes.Length - at) + 1);
        return random.Next(6) switch
        {
            0 => Flip.Bit(bytes, random.Next(bytes.Length * 8)),
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..(at + length)], .. bytes[at..]],
            3 => [.. bytes[..at], (byte)"\n -0+/=,"[random.Next(8)], .. bytes[at..]],
            4 => LinesSwapped(bytes, random),
            _ => bytes[..at],
        };
    }

    private static byte[] LinesSwapped(byte[] bytes, Random random)
    {
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        int first = random.Next(lines.Length), second = (first + 1 + random.Next(lines.Length - 1)) % lines.Length;
        (lines[first], lines[second]) = (lines[second], lines[first]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static string VerdictOf(byte[] file, ProofLedger ledger)
    {
        if (!RecordProof.TryParse(file, out RecordProof? proof, out _)) return "rejected";
        return new RecordProofCheck([ledger.Genesis]).TryProve(proof, out ProvenRecord? record, out _)
            ? $"proven {record.LeafIndex} {record.Offset} {Convert.ToBase64String(record.Bytes.Span)} {record.FileName}"
            : "rejected";
    }

    private static string RunPython(params string[] arguments)
    {
        using (ChildProcess probe = ChildProcess.StartProgram(Python, "-c", "import cryptography"))
        {
            if (probe.Finish().ExitCode != 0) Needs.LeaveOut("python3-cryptography is not installed");
        }
        using ChildProcess python = ChildProcess.StartProgramIn(Repository.PathOf("docs"), new() { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONIOENCODING"] = "utf-8" }, [Python, .. arguments]);
        var (exitCode, output, errors) = python.Finish();
        Assert.AreEqual(0, exitCode, errors);
        return output;
    }
}
