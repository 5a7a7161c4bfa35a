using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>Signs checkpoints for tests.</summary>
internal static class TestKeys
{
    /// <summary>The checkpoint, signed by a key pair under the name that the checkpoint's origin is.</summary>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, ECDsa pair) => SignedCheckpoint.Of(
        checkpoint,
        VerificationKey.Of(checkpoint.Origin, pair),
        pair.SignData(Encoding.UTF8.GetBytes(checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
