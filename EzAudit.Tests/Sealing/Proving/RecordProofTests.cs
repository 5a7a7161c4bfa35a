using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Proving;
using EzAudit.Tests.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>The proof of one record: what it proves, and that no change survives.</summary>
[TestClass]
public sealed class RecordProofTests : IDisposable
{
    // Records of equal length: only the digest tells which of them is meant.
    private static readonly byte[] Extent = "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"u8.ToArray();

    private readonly ProofLedger _ledger = new("example.com/h\u00f6st/ezaudit");

    public void Dispose() => _ledger.Dispose();

    [TestMethod]
    public void AProofSaysWhatTheRecordIsAndWhereAndWhen()
    {
        RecordProof proof = Prove(epochs: 0);
        Assert.IsTrue(Check.TryProve(proof, out ProvenRecord? record, out string? problem), problem);
        Assert.AreEqual("log\u00efn of all.log", record.FileName);
        Assert.AreEqual(1, record.FileId);
        Assert.AreEqual(1008, record.Offset);
        Assert.AreEqual("{\"n\":2}\n", Encoding.UTF8.GetString(record.Bytes.Span));
        Assert.AreEqual(3, record.LeafIndex);
        Assert.AreEqual(1_764_430_000_000_003, record.Time);
        Assert.AreEqual(_ledger.Genesis, record.TrustRoot);
        Assert.AreEqual(_ledger.Genesis, record.Signer);
        Assert.AreEqual(proof.Checkpoint.Note, record.Checkpoint.Note);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void TheKeysOfSeveralEpochsAreFollowed(int epochs)
    {
        RecordProof proof = Prove(epochs);
        Assert.HasCount(epochs, proof.Links);
        Assert.IsTrue(Check.TryProve(proof, out ProvenRecord? record, out string? problem), problem);
        Assert.AreEqual(VerificationKey.Of(_ledger.Origin, _ledger.Pair), record.Signer);
        Assert.AreEqual(_ledger.Genesis, record.TrustRoot);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    public void AProofIsReadBack(int epochs)
    {
        byte[] bytes = Prove(epochs).ToBytes();
        Assert.IsTrue(RecordProof.TryParse(bytes, out RecordProof? read, out string? problem), problem);
        CollectionAssert.AreEqual(bytes, read.ToBytes());
        Assert.IsTrue(Check.TryProve(read, out ProvenRecord? record, out problem), problem);
        Assert.AreEqual("{\"n\":2}\n", Encoding.UTF8.GetString(record.Bytes.Span));
    }

    [TestMethod]
    public void TheFileIsATlogProofByTheRulesOfC2sp()
    {
        // c2sp.org/tlog-proof, read here sentence by sentence, and RFC 9162 with nothing of the library.
        RecordProof proof = Prove(epochs: 1);
        byte[] bytes = proof.ToBytes();
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        Assert.AreEqual("c2sp.org/tlog-proof@v1", lines[0]);
        StringAssert.StartsWith(lines[1], "extra ");
        Assert.AreEqual("index 3", lines[2]);
        int blank = Array.IndexOf(lines, "", 3);
        byte[][] path = [.. lines[3..blank].Select(Convert.FromBase64String)];
        byte[] note = Encoding.UTF8.GetBytes(string.Join('\n', lines[(blank + 1)..]));
        string[] text = SignedNoteRules.Open(note, VerificationKey.Of(_ledger.Origin, _ledger.Pair).ToString())!.Split('\n');
        Assert.AreEqual($"{_ledger.Size}", text[1]);
        string[] fields = Encoding.UTF8.GetString(Convert.FromBase64String(lines[1][6..])).Split('\n')[1].Split(' ');
        fields[7] = "-";
        byte[] leaf = SHA256.HashData([0, .. Encoding.UTF8.GetBytes(string.Join(' ', fields) + "\n")]);
        CollectionAssert.AreEqual(Convert.FromBase64String(text[2]), RootOf(leaf, 3, _ledger.Size, path));
    }

    [TestMethod]
    public void TheExtraDataIsAsTheFormatHasIt()
    {
        RecordProof proof = Prove(epochs: 1);
        string[] lines = Encoding.UTF8.GetString(proof.ToBytes()).Split('\n');
        string[] extra = Encoding.UTF8.GetString(Convert.FromBase64String(lines[1]["extra ".Length..])).Split('\n');
        KeyLink link = proof.Links[0];
        string[] expected =
        [
            "ezaudit-proof v1",
            Encoding.UTF8.GetString(proof.Leaf.Bytes).TrimEnd('\n'),
            "2 " + Encoding.UTF8.GetString(proof.File.Bytes).TrimEnd('\n'),
            string.Join(',', proof.File.Path),
            $"8 8 {Convert.ToBase64String(SHA256.HashData("{\"n\":2}\n"u8))}",
            "1",
            "4 " + Encoding.UTF8.GetString(link.Key.Bytes).TrimEnd('\n'),
            string.Join(',', link.Key.Path),
            .. link.Checkpoint.Note.TrimEnd('\n').Split('\n'),
            .. Encoding.UTF8.GetString(Extent).Split('\n'),
        ];
        CollectionAssert.AreEqual(expected, extra);
        StringAssert.StartsWith(extra[2], "2 f 2 1764430000000002 1 1000 77 log\u00efn of all.log");
    }

    [TestMethod]
    public void EverySingleBitFlipOfAProofIsRejected()
    {
        byte[] file = Prove(epochs: 2).ToBytes();
        int unreadable = 0;
        for (int bit = 0; bit < file.Length * 8; bit++) unreadable += Reject(Flip.Bit(file, bit), $"bit {bit} of the file");
        Assert.IsGreaterThan(0, unreadable);
        Assert.IsLessThan(file.Length * 8, unreadable);
    }

    [TestMethod]
    public void EverySingleBitFlipOfTheExtraDataIsRejected()
    {
        // A flip of base64 changes up to six bits of what it stands for; here each changes alone.
        string file = Encoding.UTF8.GetString(Prove(epochs: 2).ToBytes());
        string base64 = file.Split('\n')[1]["extra ".Length..];
        byte[] extra = Convert.FromBase64String(base64);
        for (int bit = 0; bit < extra.Length * 8; bit++)
            Reject(Encoding.UTF8.GetBytes(file.Replace(base64, Convert.ToBase64String(Flip.Bit(extra, bit)), StringComparison.Ordinal)), $"bit {bit} of the extra data");
    }

    [TestMethod]
    public void NoPartOfAProofIsOne()
    {
        string file = Encoding.UTF8.GetString(Prove(epochs: 1).ToBytes());
        byte[] bytes = Encoding.UTF8.GetBytes(file);
        for (int length = 0; length < bytes.Length; length++) Reject(bytes[..length], $"{length} bytes");
        string base64 = file.Split('\n')[1]["extra ".Length..];
        byte[] extra = Convert.FromBase64String(base64);
        for (int length = 0; length < extra.Length; length++)
            Reject(Encoding.UTF8.GetBytes(file.Replace(base64, Convert.ToBase64String(extra[..length]), StringComparison.Ordinal)), $"{length} bytes of the extra data");
    }

    [TestMethod]
    public void NothingMayFollow()
    {
        string file = Encoding.UTF8.GetString(Prove(epochs: 1).ToBytes());
        string base64 = file.Split('\n')[1]["extra ".Length..];
        Reject(Encoding.UTF8.GetBytes(file + "\n"), "a line");
        Reject(Encoding.UTF8.GetBytes(file.Replace(base64, Convert.ToBase64String([.. Convert.FromBase64String(base64), (byte)'\n']), StringComparison.Ordinal)), "a byte of the extent");
    }

    [TestMethod]
    public void ADamagedProofIsReportedWithPlaceAndWhatWasExpected()
    {
        // The first seven are those of github.com/transparency-dev/merkle, proof/tlog_proof_test.go, TestVerifyTLogProofErrors.
        AssertUnreadable("line 1 of the proof: found 'wrong-header', expected 'c2sp.org/tlog-proof@v1'", "wrong-header\nindex 0\n\ncheckpoint\n");
        AssertUnreadable("line 2 of the proof: the extra data is not canonical base64", "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n");
        AssertUnreadable("line 2 of the proof: found '', expected 'extra 'base64", "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n");
        AssertUnreadable("line 3 of the proof: found 'notanumber', expected a decimal number without leading zeros", "c2sp.org/tlog-proof@v1\nextra \nindex notanumber\n\ncheckpoint\n");
        AssertUnreadable("line 3 of the proof: found '-5', expected a decimal number without leading zeros", "c2sp.org/tlog-proof@v1\nextra \nindex -5\n\ncheckpoint\n");
        AssertUnreadable("line 4 of the proof: found '!!notbase64!!', expected a hash in canonical base64", "c2sp.org/tlog-proof@v1\nextra \nindex 0\n!!notbase64!!\n\ncheckpoint\n");
        string tooLong = Convert.ToBase64String(new byte[64]);
        AssertUnreadable($"line 4 of the proof: found '{tooLong[..80]}', expected a hash in canonical base64", $"c2sp.org/tlog-proof@v1\nextra \nindex 0\n{tooLong}\n\ncheckpoint\n");
        AssertUnreadable("line 1 of the proof: found the end, expected 'c2sp.org/tlog-proof@v1'", "");
        AssertUnreadable("line 4 of the proof: found the end, expected a hash, or the empty line behind the last one", "c2sp.org/tlog-proof@v1\nextra \nindex 0\n");
        AssertUnreadable(
            "line 4 of the proof: behind it, the checkpoint is damaged: a checkpoint is a note of five lines, the fourth of which is empty",
            "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\ncheckpoint\n");
    }

    [TestMethod]
    public void DamagedExtraDataIsReportedWithPlaceAndWhatWasExpected()
    {
        string index = "1764430000000002 1 1000 77 log\u00efn of all.log\n";
        AssertUnreadable("line 1 of the extra data: found 'ezaudit-proof v2', expected 'ezaudit-proof v1'", WithExtra("proof v1", "proof v2"));
        AssertUnreadable("line 2 of the extra data: found 'r 03', expected the line of a leaf", WithExtra("r 3 ", "r 03\n"));
        AssertUnreadable("line 2 of the extra data: found leaf 2, expected leaf 3, which the proof is of", WithExtra("r 3 ", "r 2 "));
        AssertUnreadable("line 3 of the extra data: found 'x f 2 ', expected the index and the line of a leaf", WithExtra("2 f 2 " + index, "x f 2 \n"));
        AssertUnreadable("line 4 of the extra data: above it, found leaf 2, expected leaf 1", WithExtra("2 f 2 ", "1 f 2 "));
        AssertUnreadable("line 4 of the extra data: above it, found '2 f', expected the index and the line of a leaf", WithExtra("2 f 2 " + index, "2 f\n"));
        AssertUnreadable("line 4 of the extra data: found '', expected hashes in canonical base64 with commas between them, or '-'", WithExtra(index, index + "\n"));
        AssertUnreadable("line 5 of the extra data: found '08 8', expected begin, length and digest of the record", WithExtra("\n8 8 ", "\n08 8\n"));
        AssertUnreadable("line 6 of the extra data: the record does not have the digest that the proof gives for it", WithExtra("\n8 8 ", "\n0 8 "));
        AssertUnreadable("line 6 of the extra data: found '01', expected a decimal number without leading zeros", WithExtra("=\n0\n{", "=\n01\n{"));
        AssertUnreadable("line 6 of the extra data: the record, [8, 8+999), is not within the 24 bytes that follow", WithExtra("\n8 8 ", "\n8 999 "));
        AssertUnreadable("line 7 of the extra data: found '{\"n\":1}', expected the index and the line of a leaf", WithExtra("=\n0\n{", "=\n1\n{"));
    }

    private string WithExtra(string text, string replacement)
    {
        string file = Encoding.UTF8.GetString(Prove(epochs: 0).ToBytes());
        string base64 = file.Split('\n')[1]["extra ".Length..];
        string extra = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        Assert.Contains(text, extra);
        return file.Replace(base64, Convert.ToBase64String(Encoding.UTF8.GetBytes(extra.Replace(text, replacement, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    private RecordProofCheck Check => new([_ledger.Genesis]);

    // A ledger of one file and one extent, then so many changes of the key, with a heartbeat in each epoch.
    private RecordProof Prove(int epochs)
    {
        if (_ledger.Size == 2)
        {
            _ledger.Add("f", "1 1000 77 log\u00efn of all.log");
            _ledger.AddExtent(1, 1000, Extent, 3);
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                _ledger.NextEpoch();
                _ledger.Add("n", "");
            }
        }
        return _ledger.Prove(3, 2, Extent, (8, 8));
    }

    // 1 if the file cannot be read; 0 if it can, but proves nothing. There is no third case: a flip that changes no claim does not exist.
    private int Reject(byte[] file, string change)
    {
        if (!RecordProof.TryParse(file, out RecordProof? proof, out string? problem))
        {
            Assert.IsNotEmpty(problem);
            return 1;
        }
        CollectionAssert.AreEqual(file, proof.ToBytes(), $"{change}: two files of one proof");
        Assert.IsFalse(Check.TryProve(proof, out _, out problem), change);
        Assert.IsNotEmpty(problem);
        return 0;
    }

    private static void AssertUnreadable(string problem, string file)
    {
        Assert.IsFalse(RecordProof.TryParse(Encoding.UTF8.GetBytes(file), out _, out string? actual));
        Assert.AreEqual(problem, actual);
    }

    // Where the leaf stands follows from the split of RFC 9162, section 2.1.1, from the root down.
    private static byte[] RootOf(byte[] leaf, int index, int size, ReadOnlySpan<byte[]> path)
    {
        if (size == 1) return leaf;
        int split = 1;
        while (split * 2 < size) split *= 2;
        return index < split
            ? SHA256.HashData([1, .. RootOf(leaf, index, split, path[..^1]), .. path[^1]])
            : SHA256.HashData([1, .. path[^1], .. RootOf(leaf, index - split, size - split, path[..^1])]);
    }
}
