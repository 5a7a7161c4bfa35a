using System.Security.Cryptography;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>A signer of a plugin, well-behaved or not.</summary>
[TestClass]
public sealed class PluginSignerTests
{
    private const string Origin = "example.com/log";
    private static readonly Checkpoint Checkpoint = new(Origin, 7, TreeHash.OfLeaf("leaf"u8));

    [TestMethod]
    public void ItsSignatureIsThatOfItsKey()
    {
        using var plugin = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm");
        Assert.AreEqual(KeyState.Missing, signer.Find(null).State);
        EpochKey root = signer.CreateRoot(Origin);

        SignedCheckpoint signed = signer.Sign(Checkpoint, root);

        Assert.IsTrue(signed.IsSignedBy(root.Key));
        Assert.AreEqual((0L, false), (root.Epoch, signer.Evolves));
        Assert.AreEqual(KeyState.Ready, signer.Find(root).State);
        CollectionAssert.AreEqual(plugin.Key.ExportSubjectPublicKeyInfo(), root.Key.Spki.ToArray());
    }

    [TestMethod]
    public void AnotherKeyThanTheLedgersIsNoticed()
    {
        using var first = new PluginSigner(new FakeSigner(), "hsm");
        using var second = new PluginSigner(new FakeSigner(), "hsm");
        EpochKey root = first.CreateRoot(Origin);

        KeyFinding found = second.Find(root);

        Assert.AreEqual(KeyState.Replaced, found.State);
        StringAssert.StartsWith(found.Problem, "[Signer-hsm]: found the key of epoch 0 with the fingerprint ", StringComparison.Ordinal);
        StringAssert.EndsWith(found.Problem, "; the key was replaced", StringComparison.Ordinal);
        StringAssert.EndsWith(
            Assert.ThrowsExactly<SealKeyException>(() => second.Sign(Checkpoint, root)).Message, " that are not a signature of the checkpoint by " + root + " (ECDSA over SHA-256, DER).", StringComparison.Ordinal);
    }

    [TestMethod]
    public void NonsenseIsAFailureAndNoCheckpoint()
    {
        using var plugin = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm");
        EpochKey root = signer.CreateRoot(Origin);
        byte[] valid = signer.Sign(Checkpoint, root).Signature.ToArray();
        byte[][] answers = [[], [0], new byte[72], [.. valid, 0], plugin.Key.SignData("other"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), plugin.Key.SignData("other"u8, HashAlgorithmName.SHA256)];
        foreach (byte[] answer in answers)
        {
            plugin.Answer = _ => ValueTask.FromResult(answer);

            SealKeyException failure = Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root));

            StringAssert.StartsWith(failure.Message, $"[Signer-hsm]: the signer returned {answer.Length} bytes that are not a signature of the checkpoint by ", StringComparison.Ordinal);
        }
        plugin.Answer = _ => ValueTask.FromResult<byte[]>(null!);
        Assert.AreEqual("[Signer-hsm]: the signer returned null.", Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root)).Message);
    }

    [TestMethod]
    public void APublicKeyThatIsNotOnP256IsRefused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var signer = new PluginSigner(new FakeSigner { PublicKey = other.ExportSubjectPublicKeyInfo() }, "hsm");

        SealKeyException failure = Assert.ThrowsExactly<SealKeyException>(() => signer.CreateRoot(Origin));

        StringAssert.StartsWith(failure.Message, "[Signer-hsm]: the signer returned 120 bytes as its public key: The public key is not the SubjectPublicKeyInfo (DER) of a point on P-256.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatItThrowsIsReportedWithItsName()
    {
        using var plugin = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm");
        EpochKey root = signer.CreateRoot(Origin);
        foreach (Func<CancellationToken, ValueTask<byte[]>> answer in new Func<CancellationToken, ValueTask<byte[]>>[]
        {
            _ => throw new InvalidOperationException("slot 3 is locked"),
            _ => ValueTask.FromException<byte[]>(new InvalidOperationException("slot 3 is locked")),
        })
        {
            plugin.Answer = answer;
            Assert.AreEqual("[Signer-hsm]: the signer failed: slot 3 is locked", Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root)).Message);
        }
    }

    [TestMethod]
    public void ItsPublicKeyIsAskedForAgainWhenASignatureDoesNotFit()
    {
        using var plugin = new FakeSigner();
        using var other = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm");
        EpochKey root = signer.CreateRoot(Origin);
        plugin.PublicKey = other.PublicKey;
        plugin.Answer = stop => other.SignAsync(Encoding.UTF8.GetBytes(Checkpoint.Text), stop);

        Assert.AreEqual(KeyState.Ready, signer.Find(root).State);
        Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root));
        Assert.AreEqual(KeyState.Replaced, signer.Find(root).State);
        Assert.IsTrue(signer.Sign(Checkpoint, signer.CreateRoot(Origin)).IsSignedBy(VerificationKey.Of(Origin, other.Key)));
    }

    [TestMethod]
    public void WithoutAPublicKeyNothingTakesItsPlace()
    {
        using var signer = new PluginSigner(new FakeSigner { PublicKey = null }, "hsm");
        using var key = PrivateKey.Create(Origin, 0);

        KeyFinding found = signer.Find(key.Public);

        Assert.AreEqual((KeyState.Unreadable, "[Signer-hsm]: the signer returned null."), (found.State, found.Problem));
    }

    [TestMethod]
    public void AnAnswerThatTakesTooLongIsCancelled()
    {
        using var plugin = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm") { Timeout = TimeSpan.FromMilliseconds(50) };
        EpochKey root = signer.CreateRoot(Origin);
        plugin.Answer = async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return [];
        };

        SealKeyException failure = Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root));

        Assert.AreEqual("[Signer-hsm]: the signer did not answer within 0.05 s.", failure.Message);
        plugin.Answer = null;
        Assert.IsTrue(signer.Sign(Checkpoint, root).IsSignedBy(root.Key));
    }

    [TestMethod]
    public void ASignerThatBlocksForeverIsNotCalledAgainBeforeItHasEnded()
    {
        using var plugin = new FakeSigner();
        using var signer = new PluginSigner(plugin, "hsm") { Timeout = TimeSpan.FromMilliseconds(50) };
        EpochKey root = signer.CreateRoot(Origin);
        using var released = new ManualResetEventSlim();
        plugin.Answer = _ =>
        {
            released.Wait(CancellationToken.None);
            return ValueTask.FromResult<byte[]>([]);
        };
        int calls = plugin.Calls;

        Assert.AreEqual("[Signer-hsm]: the signer did not answer within 0.05 s.", Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root)).Message);
        Assert.AreEqual(
            "[Signer-hsm]: the signer has not ended its last call, which was cancelled after 0.05 s.", Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint, root)).Message);

        Assert.AreEqual(calls + 1, plugin.Calls);
        released.Set();
        plugin.Answer = null;
        Support.Until.True(() => Signs(signer, root), "the signer is called again");
    }

    private static bool Signs(PluginSigner signer, EpochKey root)
    {
        try
        {
            return signer.Sign(Checkpoint, root).IsSignedBy(root.Key);
        }
        catch (SealKeyException)
        {
            return false;
        }
    }

    private sealed class FakeSigner : IAuditSealSigner
    {
        public FakeSigner() => PublicKey = Key.ExportSubjectPublicKeyInfo();

        public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public byte[]? PublicKey { get; set; }

        /// <summary>What it does instead of signing.</summary>
        public Func<CancellationToken, ValueTask<byte[]>>? Answer { get; set; }

        public int Calls { get; private set; }

        public ValueTask<byte[]> GetPublicKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(PublicKey!);

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
        {
            Calls++;
            return Answer is { } answer ? answer(cancellationToken) : ValueTask.FromResult(Key.SignData(text.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        public void Dispose() => Key.Dispose();
    }
}
