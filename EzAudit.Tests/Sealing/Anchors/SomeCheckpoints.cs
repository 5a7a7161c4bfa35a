using System.Security.Cryptography;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Sealing.Anchors;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>Checkpoints of one ledger, signed with a real key.</summary>
internal static class SomeCheckpoints
{
    public const string Origin = "example.com/audit";

    private static readonly ECDsa Pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static VerificationKey Key { get; } = VerificationKey.Of(Origin, Pair);

    public static SignedCheckpoint Of(long size)
    {
        var checkpoint = new Checkpoint(Origin, size, TreeHash.OfLeaf(BitConverter.GetBytes(size)));
        return SignedCheckpoint.Of(checkpoint, Key, Pair.SignData(Encoding.UTF8.GetBytes(checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    public static AuditCheckpoint Public(long size) => ScheduledAnchor.PublicFormOf(Of(size));
}
