using System.Text.Unicode;

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
        if (line.StartsWith("h "u8) && LedgerState.TryRestore(line) is not null) return LineKind.Hint;
        return line.StartsWith("w "u8) && SealedLog.TryRestore(line, out _) ? LineKind.HintedFile : LineKind.Damaged;
    }

    /// <summary>Whether a name stays in the log directory, and has one form only.</summary>
    public static bool IsName(string name) => name.Split('/').All(part => part is not ("" or "." or ".."));

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
