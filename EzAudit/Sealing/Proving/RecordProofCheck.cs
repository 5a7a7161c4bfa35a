using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Proving;

/// <summary>Checks proofs of single records against keys that are trusted. Thread-safe.</summary>
internal sealed class RecordProofCheck(IReadOnlyList<VerificationKey> trusted)
{
    private const int SaltLength = 16;

    /// <summary>Checks everything that a proof claims, from the trusted key to the record.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="record">What is proven, if the result is <see langword="true"/>.</param>
    /// <param name="problem">What is wrong, if the result is <see langword="false"/>.</param>
    public bool TryProve(RecordProof proof, [NotNullWhen(true)] out ProvenRecord? record, [NotNullWhen(false)] out string? problem)
    {
        record = null;
        SignedCheckpoint first = proof.Links.Count > 0 ? proof.Links[0].Checkpoint : proof.Checkpoint;
        VerificationKey? root = trusted.FirstOrDefault(first.IsSignedBy);
        if (root is null)
        {
            problem = $"no trusted key signed the checkpoint of '{first.Checkpoint.Origin}' at {first.Checkpoint.Size} leaves, with which the proof begins";
            return false;
        }
        if (!TryFollowChain(proof, root, out VerificationKey? signer, out problem)) return false;
        problem = ProblemOfLeaf(proof) ?? ProblemOfFile(proof) ?? ProblemOfRecord(proof);
        if (problem is not null) return false;
        LedgerLine leaf = proof.Leaf.Line;
        record = new ProvenRecord
        {
            FileName = Encoding.UTF8.GetString(proof.File.Line.Text), FileId = leaf.FileId, Offset = leaf.Offset + proof.Begin, Bytes = proof.Record,
            LeafIndex = leaf.Seq, Time = leaf.Time, Checkpoint = proof.Checkpoint, Signer = signer, TrustRoot = root,
        };
        return true;
    }

    // The signer is the key of the proof's checkpoint, if every key on the way vouches for the next.
    private static bool TryFollowChain(
        RecordProof proof, VerificationKey root, [NotNullWhen(true)] out VerificationKey? signer, [NotNullWhen(false)] out string? problem)
    {
        signer = null;
        VerificationKey current = root;
        long size = 0;
        long? epoch = null;
        foreach (KeyLink link in proof.Links)
        {
            Checkpoint checkpoint = link.Checkpoint.Checkpoint;
            LedgerLine line = link.Key.Line;
            problem = ProblemOfSignature(link.Checkpoint, current, size);
            if (problem is not null) return false;
            if (line.Kind != LeafKind.NextKey) problem = $"leaf {line.Seq} announces no key: it is of kind '{(char)line.Kind}', and 'k' is expected";
            else if (!link.Key.IsIn(checkpoint)) problem = $"leaf {line.Seq}, which announces a key, is not in the tree of the checkpoint at {checkpoint.Size} leaves";
            else if (line.Seq < size) problem = $"leaf {line.Seq} announces a key, but the checkpoint before it has {size} leaves already";
            else if (epoch is not null && line.Count != epoch + 1) problem = $"leaf {line.Seq} announces the key of epoch {line.Count}, but that of epoch {epoch + 1} is next";
            else if (!VerificationKey.TryParse(Encoding.UTF8.GetString(line.Text), out VerificationKey? next) || next.Name != current.Name)
                problem = $"leaf {line.Seq} announces no key of '{current.Name}'";
            else
            {
                (current, size, epoch) = (next, checkpoint.Size, line.Count);
                continue;
            }
            return false;
        }
        problem = ProblemOfSignature(proof.Checkpoint, current, size);
        signer = problem is null ? current : null;
        return problem is null;
    }

    private static string? ProblemOfSignature(SignedCheckpoint checkpoint, VerificationKey key, long sizeBefore)
    {
        long size = checkpoint.Checkpoint.Size;
        if (!checkpoint.IsSignedBy(key)) return $"the checkpoint at {size} leaves is not signed by the key {key.KeyId:x8} of '{key.Name}'";
        return size < sizeBefore ? $"the checkpoint at {size} leaves follows one at {sizeBefore}" : null;
    }

    private static string? ProblemOfLeaf(RecordProof proof)
    {
        LedgerLine leaf = proof.Leaf.Line;
        if (leaf.Kind != LeafKind.Records) return $"leaf {leaf.Seq} does not attest records: it is of kind '{(char)leaf.Kind}', and 'r' is expected";
        return proof.Leaf.IsIn(proof.Checkpoint.Checkpoint) ? null : $"leaf {leaf.Seq} is not in the tree of the checkpoint at {proof.Checkpoint.Checkpoint.Size} leaves";
    }

    private static string? ProblemOfFile(RecordProof proof)
    {
        LedgerLine leaf = proof.Leaf.Line, file = proof.File.Line;
        if (file.Kind != LeafKind.File || file.FileId != leaf.FileId) return $"leaf {file.Seq} does not name the log file {leaf.FileId}";
        if (file.Seq >= leaf.Seq) return $"leaf {file.Seq} names the log file, but leaf {leaf.Seq} is about it already";
        return proof.File.IsIn(proof.Checkpoint.Checkpoint) ? null : $"leaf {file.Seq} is not in the tree of the checkpoint at {proof.Checkpoint.Checkpoint.Size} leaves";
    }

    private static string? ProblemOfRecord(RecordProof proof)
    {
        LedgerLine leaf = proof.Leaf.Line;
        if (leaf.Length != proof.Extent.Length) return $"leaf {leaf.Seq} vouches for {leaf.Length} bytes, but the proof has {proof.Extent.Length}";
        if (leaf.IsSaltDropped) return $"leaf {leaf.Seq} has no salt: its records were erased";
        Span<byte> salt = stackalloc byte[SaltLength];
        leaf.CopySalt(salt);
        var digest = new TreeHash(SHA256.HashData([.. salt, .. proof.Extent.Span]));
        if (digest != leaf.Digest) return $"the bytes of the proof are not those that leaf {leaf.Seq} vouches for";
        return RecordCuts.IsRecord(proof.Extent.Span, leaf.Count, proof.Begin, proof.Length)
            ? null
            : $"the bytes [{proof.Begin}, {proof.Begin}+{proof.Length}) are not one of the {leaf.Count} records of the extent";
    }
}
