using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Proving;

/// <summary>
/// The proof of one record, which can be checked with a public key and without the log: a C2SP tlog-proof whose extra data holds the record, its extent and the
/// chain of keys. It discloses the other records of the extent as well. That a proof could be read says nothing: see <see cref="RecordProofCheck"/>.
/// </summary>
internal sealed class RecordProof
{
    /// <summary>The first line of a proof.</summary>
    public const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>The first line of the extra data.</summary>
    public const string ExtraHeader = "ezaudit-proof v1";

    /// <summary>The leaf of the extent, with its salt, and its path in the tree of <see cref="Checkpoint"/>.</summary>
    public required ProofLeaf Leaf { get; init; }

    /// <summary>The leaf that names the log file, and its path in the tree of <see cref="Checkpoint"/>.</summary>
    public required ProofLeaf File { get; init; }

    /// <summary>The bytes of the extent.</summary>
    public required ReadOnlyMemory<byte> Extent { get; init; }

    /// <summary>Where the record begins in the extent, in bytes.</summary>
    public required int Begin { get; init; }

    /// <summary>The length of the record with its terminator, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Leads from a trusted key to the one that signed <see cref="Checkpoint"/>, oldest first; empty if they are the same.</summary>
    public IReadOnlyList<KeyLink> Links { get; init; } = [];

    /// <summary>The checkpoint whose tree has the leaves.</summary>
    public required SignedCheckpoint Checkpoint { get; init; }

    /// <summary>The record with its terminator.</summary>
    public ReadOnlyMemory<byte> Record => Extent.Slice(Begin, Length);

    /// <summary>Reads a proof; <see langword="false"/> unless the bytes are exactly what <see cref="ToBytes"/> would return.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="proof">The proof, if the result is <see langword="true"/>.</param>
    /// <param name="problem">What is wrong, if the result is <see langword="false"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RecordProof? proof, [NotNullWhen(false)] out string? problem)
    {
        var reader = new RecordProofReader();
        proof = reader.Read(bytes);
        problem = proof is null ? reader.Problem : null;
        return proof is not null;
    }

    /// <summary>The proof as a file.</summary>
    public byte[] ToBytes()
    {
        var file = new StringBuilder();
        file.Append(Header).Append('\n');
        file.Append("extra ").Append(Convert.ToBase64String(Extra())).Append('\n');
        file.Append(CultureInfo.InvariantCulture, $"index {Leaf.Index}\n");
        foreach (TreeHash hash in Leaf.Path) file.Append(hash).Append('\n');
        file.Append('\n').Append(Checkpoint.Note);
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    /// <summary>The SHA-256 of a record in base64.</summary>
    public static string DigestOf(ReadOnlySpan<byte> record) => Convert.ToBase64String(SHA256.HashData(record));

    private byte[] Extra()
    {
        var text = new StringBuilder();
        text.Append(ExtraHeader).Append('\n').Append(Encoding.UTF8.GetString(Leaf.Bytes));
        Append(text, File);
        text.Append(CultureInfo.InvariantCulture, $"{Begin} {Length} {DigestOf(Record.Span)}\n{Links.Count}\n");
        foreach (KeyLink link in Links)
        {
            Append(text, link.Key);
            text.Append(link.Checkpoint.Note);
        }
        return [.. Encoding.UTF8.GetBytes(text.ToString()), .. Extent.Span];
    }

    private static void Append(StringBuilder text, ProofLeaf leaf) => text
        .Append(CultureInfo.InvariantCulture, $"{leaf.Index} ").Append(Encoding.UTF8.GetString(leaf.Bytes))
        .Append(leaf.Path.Count == 0 ? "-" : string.Join(',', leaf.Path)).Append('\n');
}
