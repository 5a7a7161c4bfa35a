using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>Notes are those of c2sp.org/signed-note: ours open by its rules, and those that others signed verify here.</summary>
[TestClass]
public sealed class SignedNoteRulesTests
{
    private const string Origin = "example.com/h\u00f6st/ezaudit";

    [TestMethod]
    [DataRow(RekorNotes.Key, RekorNotes.First)]
    [DataRow(RekorNotes.Key, RekorNotes.WithTimestamp)]
    [DataRow(RekorNotes.StagingKey, RekorNotes.Staging)]
    public void ANoteThatOthersSignedOpensByTheRulesAndVerifiesHere(string vkey, string note)
    {
        string? text = SignedNoteRules.Open(Encoding.UTF8.GetBytes(note), vkey);
        Assert.IsNotNull(text);
        Assert.IsTrue(VerificationKey.TryParse(vkey, out VerificationKey? key));
        byte[] signed = Convert.FromBase64String(note.TrimEnd('\n').Split(' ')[^1]);
        Assert.AreEqual(key.KeyId, (uint)(signed[0] << 24 | signed[1] << 16 | signed[2] << 8 | signed[3]));
        Assert.IsTrue(key.Verify(Encoding.UTF8.GetBytes(text), signed.AsSpan(4)));
        Assert.IsFalse(key.Verify(Encoding.UTF8.GetBytes(text + "\n"), signed.AsSpan(4)));
    }

    [TestMethod]
    [DataRow("THIS/IS/PROBABLY/NOT/A/VALID/SIGNATURE/ANy/MOREowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=", DisplayName = "invalid signature")]
    [DataRow("wNI9ajBFAiEAuDk7uu5Ae8Own", DisplayName = "cut off")]
    public void ASignatureThatOthersRejectIsRejectedHere(string signature)
    {
        // Sources: note/note_verifier_test.go, and checkpoint.test.ts of RekorNotes.
        Assert.IsTrue(VerificationKey.TryParse(RekorNotes.Key, out VerificationKey? key));
        Assert.IsFalse(CanonicalBase64.TryDecode(signature, out byte[]? bytes) && key.Verify(Encoding.UTF8.GetBytes("Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n"), bytes.AsSpan(4)));
    }

    [TestMethod]
    public void EveryNoteOfOursOpensByTheRules()
    {
        var tree = new TreeFrontier();
        for (int size = 0; size <= 40; size++)
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            SignedCheckpoint ours = TestKeys.Sign(new Checkpoint(Origin, tree.Size, tree.Root), pair);
            string vkey = VerificationKey.Of(Origin, pair).ToString();
            Assert.AreEqual($"{Origin}\n{size}\n{tree.Root}\n", SignedNoteRules.Open(Encoding.UTF8.GetBytes(ours.Note), vkey));
            tree.Add(TreeHash.OfLeaf([(byte)size]));
        }
    }

    [TestMethod]
    public void ACheckpointThatIsBuiltByTheRulesIsReadHere()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] note = SignedNoteRules.Sign($"{Origin}\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", Origin, pair);
        Assert.IsTrue(SignedCheckpoint.TryParse(note, out SignedCheckpoint? checkpoint, out string? problem), problem);
        Assert.AreEqual(20852163, checkpoint.Checkpoint.Size);
        Assert.IsTrue(checkpoint.IsSignedBy(VerificationKey.Of(Origin, pair)));
        Assert.AreEqual(Encoding.UTF8.GetString(note), checkpoint.Note);
    }

    [TestMethod]
    public void TheCheckpointOfTheSpecificationIsReadWordForWord()
    {
        // Source: the example of c2sp.org/tlog-checkpoint. Its signature is of another type, so only reading is tested.
        const string example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            + "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
        Assert.IsTrue(SignedCheckpoint.TryParse(example, out SignedCheckpoint? checkpoint, out string? problem), problem);
        Assert.AreEqual("example.com/behind-the-sofa", checkpoint.Checkpoint.Origin);
        Assert.AreEqual(20852163, checkpoint.Checkpoint.Size);
        Assert.AreEqual("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", checkpoint.Checkpoint.Root.ToString());
        Assert.AreEqual(0x033de0aeu, checkpoint.KeyId);
        Assert.AreEqual(64, checkpoint.Signature.Length);
        Assert.AreEqual(example, checkpoint.Note);
    }
}
