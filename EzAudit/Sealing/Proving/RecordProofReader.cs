using System.Diagnostics.CodeAnalysis;
using System.Text;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Proving;

/// <summary>Reads the file of a proof, strictly. Not thread-safe.</summary>
internal sealed class RecordProofReader
{
    private const int NoteLines = 5;

    private string _part = "proof";
    private int _line;

    /// <summary>What is wrong: the place, what was found, what was expected.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The proof; <see langword="null"/> if there is a problem.</summary>
    public RecordProof? Read(ReadOnlySpan<byte> file)
    {
        if (!TryLine(ref file, RecordProof.Header, "", out _) || !TryLine(ref file, "extra ", "base64", out ReadOnlySpan<byte> base64)) return null;
        if (!CanonicalBase64.TryDecode(base64, out byte[]? extra)) return Fail("the extra data is not canonical base64");
        if (!TryLine(ref file, "index ", "the index of a leaf", out ReadOnlySpan<byte> indexText) || !TryIndex(indexText, out long index)) return null;
        var path = new List<TreeHash>();
        while (true)
        {
            if (!TryLine(ref file, "", "a hash, or the empty line behind the last one", out ReadOnlySpan<byte> line)) return null;
            if (line.IsEmpty) break;
            if (!TreeHash.TryParse(line, out TreeHash hash)) return Fail($"found '{Text(line)}', expected a hash in canonical base64");
            path.Add(hash);
        }
        if (!SignedCheckpoint.TryParse(file, out SignedCheckpoint? checkpoint, out string? problem)) return Fail($"behind it, the checkpoint is damaged: {problem}");
        return ReadExtra(extra, index, path, checkpoint);
    }

    private RecordProof? ReadExtra(byte[] extra, long index, IReadOnlyList<TreeHash> path, SignedCheckpoint checkpoint)
    {
        (_part, _line) = ("extra data", 0);
        ReadOnlySpan<byte> rest = extra;
        if (!TryLine(ref rest, RecordProof.ExtraHeader, "", out _) || !TryLine(ref rest, "", "the line of a leaf", out ReadOnlySpan<byte> line)) return null;
        if (!ProofLeaf.TryCreate([.. line, (byte)'\n'], path, out ProofLeaf? leaf)) return Fail($"found '{Text(line)}', expected the line of a leaf");
        if (leaf.Index != index) return Fail($"found leaf {leaf.Index}, expected leaf {index}, which the proof is of");
        if (!TryLeaf(ref rest, out ProofLeaf? file) || !TryLine(ref rest, "", "begin, length and digest of the record", out ReadOnlySpan<byte> place)) return null;
        if (!TryPlace(place, out int begin, out int length, out TreeHash digest)) return null;
        if (!TryLinks(ref rest, out List<KeyLink>? links)) return null;
        if (begin > rest.Length - length) return Fail($"the record, [{begin}, {begin}+{length}), is not within the {rest.Length} bytes that follow");
        var proof = new RecordProof
        {
            Leaf = leaf, File = file, Extent = extra.AsMemory(extra.Length - rest.Length), Begin = begin, Length = length, Links = links, Checkpoint = checkpoint,
        };
        return RecordProof.DigestOf(proof.Record.Span) == digest.ToString() ? proof : Fail("the record does not have the digest that the proof gives for it");
    }

    private bool TryPlace(ReadOnlySpan<byte> line, out int begin, out int length, out TreeHash digest)
    {
        var fields = new FieldReader(line);
        bool isRead = fields.TryNumber(out long first) & fields.TryNumber(out long count) & fields.TryField(out ReadOnlySpan<byte> text) & fields.IsAtEnd;
        isRead = TreeHash.TryParse(text, out digest) && isRead && first <= int.MaxValue && count <= int.MaxValue;
        (begin, length) = isRead ? ((int)first, (int)count) : default;
        return isRead || Fails($"found '{Text(line)}', expected begin, length and digest of the record");
    }

    private bool TryLinks(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out List<KeyLink>? links)
    {
        links = null;
        if (!TryLine(ref rest, "", "the number of keys in the chain", out ReadOnlySpan<byte> countText) || !TryIndex(countText, out long count)) return false;
        var found = new List<KeyLink>();
        while (found.Count < count)
        {
            if (!TryLeaf(ref rest, out ProofLeaf? key) || !TryNote(ref rest, out SignedCheckpoint? checkpoint)) return false;
            found.Add(new KeyLink(key, checkpoint));
        }
        links = found;
        return true;
    }

    // "INDEX LINE", and the path in the next line.
    private bool TryLeaf(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out ProofLeaf? leaf)
    {
        leaf = null;
        if (!TryLine(ref rest, "", "the index and the line of a leaf", out ReadOnlySpan<byte> line)) return false;
        int space = line.IndexOf((byte)' ');
        if (space < 0 || !TryIndex(line[..space], out long index)) return Fails($"found '{Text(line)}', expected the index and the line of a leaf");
        if (!TryLine(ref rest, "", "the path of the leaf", out ReadOnlySpan<byte> path) || !TryPath(path, out List<TreeHash> hashes)) return false;
        if (!ProofLeaf.TryCreate([.. line[(space + 1)..], (byte)'\n'], hashes, out leaf)) return Fails($"above it, found '{Text(line)}', expected the index and the line of a leaf");
        return leaf.Index == index || Fails($"above it, found leaf {leaf.Index}, expected leaf {index}");
    }

    private bool TryPath(ReadOnlySpan<byte> line, out List<TreeHash> hashes)
    {
        hashes = [];
        if (line.SequenceEqual("-"u8)) return true;
        foreach (Range part in line.Split((byte)','))
        {
            if (!TreeHash.TryParse(line[part], out TreeHash hash)) return Fails($"found '{Text(line)}', expected hashes in canonical base64 with commas between them, or '-'");
            hashes.Add(hash);
        }
        return true;
    }

    private bool TryNote(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out SignedCheckpoint? checkpoint)
    {
        checkpoint = null;
        ReadOnlySpan<byte> start = rest;
        for (int i = 0; i < NoteLines; i++)
        {
            if (!TryLine(ref rest, "", "the five lines of a checkpoint", out _)) return false;
        }
        return SignedCheckpoint.TryParse(start[..^rest.Length], out checkpoint, out string? problem) || Fails($"the checkpoint that ends here is damaged: {problem}");
    }

    private bool TryIndex(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        return Ascii.IsValid(text) && NoteText.TryParseNumber(Encoding.ASCII.GetString(text), out number)
            || Fails($"found '{Text(text)}', expected a decimal number without leading zeros");
    }

    // Takes a line with its newline from the rest, and the prefix from the line; a prefix for which nothing else is expected is the whole line.
    private bool TryLine(ref ReadOnlySpan<byte> rest, string prefix, string expected, out ReadOnlySpan<byte> line)
    {
        line = default;
        _line++;
        int end = rest.IndexOf((byte)'\n');
        if (end < 0) return Fails($"found the end, expected {(prefix.Length > 0 ? $"'{prefix}'" : "")}{expected}");
        ReadOnlySpan<byte> whole = rest[..end];
        byte[] start = Encoding.ASCII.GetBytes(prefix);
        bool isExpected = expected.Length == 0 ? whole.SequenceEqual(start) : whole.StartsWith(start);
        if (!isExpected) return Fails($"found '{Text(whole)}', expected '{prefix}'{expected}");
        line = whole[start.Length..];
        rest = rest[(end + 1)..];
        return true;
    }

    private RecordProof? Fail(string what)
    {
        Problem = $"line {_line} of the {_part}: {what}";
        return null;
    }

    private bool Fails(string what) => Fail(what) is not null;

    // Damaged bytes may be long and anything.
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 80)]);
        return string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
    }
}
