using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Proving;
using EzAudit.Sealing.Tree;
using EzAudit.Tests.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>A ledger in memory, written line by line as docs/ledger.md has them, and proofs of it. It does not stop anyone from writing nonsense.</summary>
internal sealed class ProofLedger : IDisposable
{
    private readonly List<string> _lines = [];
    private readonly List<(long Index, long Size, SignedCheckpoint Checkpoint)> _keys = [];
    private readonly List<ECDsa> _pairs = [];

    public ProofLedger(string origin = "example.com/host1/ezaudit")
    {
        Origin = origin;
        _pairs.Add(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Genesis = VerificationKey.Of(origin, Pair);
        Add("g", Genesis.ToString());
        Add("s", "0a1b2c3d 4711 host1");
    }

    public string Origin { get; }

    /// <summary>The first key, which an auditor trusts.</summary>
    public VerificationKey Genesis { get; }

    /// <summary>The current key.</summary>
    public ECDsa Pair => _pairs[^1];

    public int Size => _lines.Count;

    /// <summary>Adds a leaf; returns its index.</summary>
    public int Add(string kind, string fields)
    {
        _lines.Add($"{kind} {Size} {1_764_430_000_000_000 + Size}{(fields.Length > 0 ? " " : "")}{fields}\n");
        return Size - 1;
    }

    /// <summary>Adds an extent; returns the index of its leaf.</summary>
    public int AddExtent(int file, long offset, byte[] bytes, int records, string kind = "r")
    {
        byte[] salt = SHA256.HashData(BitConverter.GetBytes(Size))[..16];
        string digest = Convert.ToBase64String(SHA256.HashData([.. salt, .. bytes]));
        return Add(kind, string.Create(CultureInfo.InvariantCulture, $"{file} {offset} {bytes.Length} {records} {Convert.ToBase64String(salt)} {digest}"));
    }

    /// <summary>A checkpoint of the whole tree, signed with the current key.</summary>
    public SignedCheckpoint Checkpoint() => CheckpointBy(Pair);

    public SignedCheckpoint CheckpointBy(ECDsa pair) => TestKeys.Sign(new Checkpoint(Origin, Size, Builder([]).Root), pair);

    /// <summary>Goes on with a new key, which the old one vouches for.</summary>
    public void NextEpoch(long? epoch = null)
    {
        var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        int index = Add("k", $"{epoch ?? _pairs.Count} {VerificationKey.Of(Origin, next)}");
        AddLink(index);
        _pairs.Add(next);
    }

    /// <summary>Makes the leaf a link of the chain, under a checkpoint of the current key.</summary>
    public void AddLink(int index) => _keys.Add((index, Size, Checkpoint()));

    /// <summary>The leaf with its path in the tree of the first leaves.</summary>
    public ProofLeaf Leaf(long index, long size)
    {
        InclusionProofBuilder builder = Builder([index], size);
        Assert.IsTrue(ProofLeaf.TryCreate(Encoding.UTF8.GetBytes(_lines[(int)index]), builder.PathOf(index), out ProofLeaf? leaf));
        return leaf;
    }

    /// <summary>The proof of a record of an extent, under a checkpoint of the whole tree.</summary>
    public RecordProof Prove(int leaf, int file, byte[] extent, (int Begin, int Length) record) => new()
    {
        Leaf = Leaf(leaf, Size), File = Leaf(file, Size), Extent = extent, Begin = record.Begin, Length = record.Length,
        Links = [.. _keys.Select(key => new KeyLink(Leaf(key.Index, key.Size), key.Checkpoint))], Checkpoint = Checkpoint(),
    };

    public void Dispose() => _pairs.ForEach(pair => pair.Dispose());

    // The leaf hash by its definition: the line with a hyphen in place of the salt.
    private static TreeHash HashOf(string line)
    {
        string[] fields = line.Split(' ');
        if (fields[0] is "r" or "a" or "u" or "e") fields[7] = "-";
        return new TreeHash(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(string.Join(' ', fields))]));
    }

    private InclusionProofBuilder Builder(long[] indexes, long? size = null)
    {
        var builder = new InclusionProofBuilder(size ?? Size, indexes);
        for (int i = 0; i < builder.Size; i++) builder.Add(HashOf(_lines[i]));
        return builder;
    }
}
