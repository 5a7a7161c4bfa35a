using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>Verification keys and their text.</summary>
[TestClass]
public sealed class VerificationKeyTests
{
    private const string Name = "example.com/audit";
    // The SubjectPublicKeyInfo of RekorNotes.Key.
    private const string Rekor = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==";

    [TestMethod]
    public void APublishedKeyIsRead()
    {
        Assert.IsTrue(VerificationKey.TryParse(RekorNotes.Key, out VerificationKey? key));
        Assert.AreEqual("rekor.sigstore.dev", key.Name);
        Assert.AreEqual(0xc0d23d6au, key.KeyId);
        Assert.AreEqual(Rekor, Convert.ToBase64String(key.Spki.Span));
        Assert.AreEqual(RekorNotes.Key, key.ToString());
        // The log id that sigstore publishes is the whole digest.
        Assert.AreEqual("c0d2 3d6a d406 973f 9559 f3ba 2d1c a01f 8414 7d8f fc5b 8445 c224 f98b 9591 801d", key.Fingerprint);
    }

    [TestMethod]
    public void AKeyIsReadBackFromItsText()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerificationKey key = VerificationKey.Of("\u00e4.example/\u2603", pair);
        Assert.IsTrue(VerificationKey.TryParse(key.ToString(), out VerificationKey? read));
        Assert.AreEqual(key, read);
        Assert.AreEqual(key.GetHashCode(), read.GetHashCode());
        Assert.AreEqual(key, VerificationKey.Of(key.Name, pair.ExportSubjectPublicKeyInfo()));
        Assert.AreNotEqual(key, VerificationKey.Of("other", pair));
        Assert.AreEqual(SHA256.HashData(pair.ExportSubjectPublicKeyInfo())[0], key.KeyId >> 24);
    }

    [TestMethod]
    public void EverySingleBitFlipOfAKeyIsRejectedOrOnlyRenamesIt()
    {
        byte[] text = Encoding.UTF8.GetBytes(RekorNotes.Key);
        Assert.IsTrue(VerificationKey.TryParse(RekorNotes.Key, out VerificationKey? key));
        int renamed = 0;
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            if (!VerificationKey.TryParse(Encoding.Latin1.GetString(Flip.Bit(text, bit)), out VerificationKey? found)) continue;
            // The id is that of the public key alone, so a name can be anything; notes carry it.
            renamed++;
            Assert.IsLessThan(key.Name.Length, bit / 8, $"bit {bit}");
            Assert.AreNotEqual(key.Name, found.Name);
            Assert.IsTrue(found.Spki.Span.SequenceEqual(key.Spki.Span));
        }
        Assert.IsGreaterThan(0, renamed);
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("bananas.sigstore.dev+12344556", DisplayName = "wrong number of parts (note_verifier_test.go)")]
    [DataRow("rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!", DisplayName = "invalid base64 (note_verifier_test.go)")]
    [DataRow("rekor.sigstore.dev+12345678+AwEB", DisplayName = "invalid algorithm (note_verifier_test.go)")]
    [DataRow("rekor.sigstore.dev+NOT_A_NUMBER+" + RekorNotes.KeyMaterial, DisplayName = "invalid id (note_verifier_test.go)")]
    [DataRow("rekor.sigstore.dev+00000000+" + RekorNotes.KeyMaterial, DisplayName = "incorrect id (note_verifier_test.go)")]
    [DataRow("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", DisplayName = "an Ed25519 key (note_verifier_test.go)")]
    [DataRow("+c0d23d6a+" + RekorNotes.KeyMaterial, DisplayName = "no name")]
    [DataRow("a b+c0d23d6a+" + RekorNotes.KeyMaterial, DisplayName = "a space in the name")]
    [DataRow("a\u00a0b+c0d23d6a+" + RekorNotes.KeyMaterial, DisplayName = "a no-break space in the name")]
    [DataRow("a+C0D23D6A+" + RekorNotes.KeyMaterial, DisplayName = "an id in upper case")]
    public void WhatIsNoKeyOfOurTypeIsRejected(string text) => Assert.IsFalse(VerificationKey.TryParse(text, out _));

    [TestMethod]
    [DataRow("\n")]
    [DataRow(" ")]
    [DataRow("=")]
    [DataRow("AAAA")]
    public void NothingMayFollow(string more) => Assert.IsFalse(VerificationKey.TryParse(RekorNotes.Key + more, out _));

    [TestMethod]
    [DataRow("")]
    [DataRow("a b")]
    [DataRow("a+b")]
    [DataRow("a\tb")]
    [DataRow("a\nb")]
    [DataRow("a\u007fb")]
    [DataRow("a\u2028b")]
    [DataRow("a\u3000b")]
    public void SuchANameIsRejected(string name)
    {
        var rejected = Assert.ThrowsExactly<ArgumentException>(() => VerificationKey.Of(name, Convert.FromBase64String(Rekor)));
        StringAssert.StartsWith(rejected.Message, $"The name of a key must not be empty nor contain white space, control characters or '+': found '{name}'.");
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("\u00e4.example/\u2603")]
    [DataRow("\ud83d\ude00")]
    [DataRow("a\ufffdb")]
    [DataRow("a\u0080b")]
    public void SuchANameIsAccepted(string name)
    {
        VerificationKey key = VerificationKey.Of(name, Convert.FromBase64String(Rekor));
        Assert.IsTrue(VerificationKey.TryParse(key.ToString(), out VerificationKey? read) && read.Name == name);
    }

    [TestMethod]
    public void HalfASurrogatePairIsNoName() =>
        Assert.ThrowsExactly<ArgumentException>(() => VerificationKey.Of("a" + '\ud83d', Convert.FromBase64String(Rekor)));

    [TestMethod]
    public void OtherEncodingsOfAPublicKeyAreRejected()
    {
        byte[] spki = Convert.FromBase64String(Rekor);
        byte[] notOnTheCurve = [.. spki[..^1], (byte)(spki[^1] ^ 1)];
        byte[] hybrid = [.. spki[..26], (byte)(6 + (spki[^1] & 1)), .. spki[27..]];
        byte[] compressed = [0x30, 0x39, .. spki[2..24], 0x22, 0x00, (byte)(2 + (spki[^1] & 1)), .. spki[27..59]];
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (byte[] other in new[] { notOnTheCurve, hybrid, compressed, p384.ExportSubjectPublicKeyInfo(), [.. spki, 0], spki[..^1], [] })
        {
            Assert.AreEqual(
                "The public key is not the SubjectPublicKeyInfo (DER) of a point on P-256. (Parameter 'spki')",
                Assert.ThrowsExactly<ArgumentException>(() => VerificationKey.Of(Name, other)).Message,
                Convert.ToHexString(other));
            string text = $"{Name}+{Convert.ToHexStringLower(SHA256.HashData(other))[..8]}+{Convert.ToBase64String([2, .. other])}";
            Assert.IsFalse(VerificationKey.TryParse(text, out _), text);
        }
    }

    [TestMethod]
    public void OnlyTheKeyThatSignedVerifies()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = pair.SignData("text"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.IsTrue(VerificationKey.Of(Name, pair).Verify("text"u8, signature));
        Assert.IsFalse(VerificationKey.Of(Name, other).Verify("text"u8, signature));
        Assert.IsFalse(VerificationKey.Of(Name, pair).Verify("Text"u8, signature));
        Assert.IsFalse(VerificationKey.Of(Name, pair).Verify("text"u8, pair.SignData("text"u8, HashAlgorithmName.SHA256)), "IEEE P1363 format");
        Assert.IsFalse(VerificationKey.Of(Name, pair).Verify("text"u8, pair.SignData("text"u8, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)), "SHA-384");
    }

    [TestMethod]
    public void ASignatureWithANumberBeyondTheOrderOfTheCurveIsInvalid()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] beyond = Convert.FromHexString("3046" + "022100" + new string('f', 64) + "022100" + new string('f', 64));
        Assert.IsTrue(EcdsaSignature.IsStrictDer(beyond));
        Assert.IsFalse(VerificationKey.Of(Name, pair).Verify("text"u8, beyond));
    }

    [TestMethod]
    public void AKeyVerifiesOnManyThreadsAtOnce()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerificationKey key = VerificationKey.Of(Name, pair);
        byte[] signature = pair.SignData("text"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        int valid = 0, invalid = 0;
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            if (key.Verify("text"u8, signature)) Interlocked.Increment(ref valid);
            if (!key.Verify(BitConverter.GetBytes(number), signature)) Interlocked.Increment(ref invalid);
        });
        Assert.AreEqual((2000, 2000), (valid, invalid));
    }
}
