using System.Numerics;
using System.Text;
using System.Text.Unicode;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Ledger;

/// <summary>The lines of the ledger that are not leaves: the header, hints, and the lines of checkpoints.</summary>
internal static class LedgerSyntax
{
    /// <summary>The first line of every segment.</summary>
    public static ReadOnlySpan<byte> Header => "ezaudit-ledger v1\n"u8;

    /// <summary>The start of a line of a checkpoint.</summary>
    public static ReadOnlySpan<byte> CheckpointStart => "c "u8;

    /// <summary>What a line is that is not a leaf.</summary>
    public static LineKind KindOf(ReadOnlySpan<byte> line)
    {
        if (line.Length is 0 or > LedgerLine.MaxLength || line[^1] != (byte)'\n' || !IsText(line[..^1])) return LineKind.Damaged;
        if (line.StartsWith(CheckpointStart)) return LineKind.Checkpoint;
        if (line.StartsWith("h "u8) && IsHint(line[..^1])) return LineKind.Hint;
        return line.StartsWith("w "u8) && IsHintedFile(line[..^1]) ? LineKind.HintedFile : LineKind.Damaged;
    }

    /// <summary>Whether a name stays in the log directory, and has one form only.</summary>
    public static bool IsName(string name) => name.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool IsHint(ReadOnlySpan<byte> line)
    {
        var reader = new FieldReader(line);
        long size = 0;
        bool isHint = reader.TryField(out _) && reader.TryNumber(out size) & reader.TryNumber(out _) & reader.TryNumber(out _) & reader.TryNumber(out _)
            && reader.TryField(out _);
        return isHint && reader.TryField(out ReadOnlySpan<byte> nodes) && reader.IsAtEnd && AreNodes(nodes, BitOperations.PopCount((ulong)size));
    }

    private static bool AreNodes(ReadOnlySpan<byte> nodes, int count)
    {
        if (nodes.SequenceEqual("-"u8)) return count == 0;
        if (nodes.Count((byte)',') != count - 1) return false;
        foreach (Range node in nodes.Split((byte)','))
        {
            if (!TreeHash.TryParse(nodes[node], out _)) return false;
        }
        return true;
    }

    private static bool IsHintedFile(ReadOnlySpan<byte> line)
    {
        var reader = new FieldReader(line);
        return reader.TryField(out _) && reader.TryNumber(out _) && reader.TryNumber(out _) && reader.TryNumber(out _)
            && reader.TryField(out ReadOnlySpan<byte> ranges) && CoveredRanges.TryParse(Encoding.UTF8.GetString(ranges), out _) && !reader.Rest().IsEmpty;
    }

    private static bool IsText(ReadOnlySpan<byte> line) => !line.ContainsAnyInRange((byte)0, (byte)0x1f) && !line.Contains((byte)0x7f) && Utf8.IsValid(line);
}

/// <summary>What a line of the ledger is.</summary>
internal enum LineKind : byte
{
    /// <summary>It does not parse, or lacks its line feed.</summary>
    Damaged,

    Header,

    Leaf,

    /// <summary>A line <c>h</c>.</summary>
    Hint,

    /// <summary>A line <c>w</c>.</summary>
    HintedFile,

    /// <summary>A line <c>c</c>.</summary>
    Checkpoint,
}
