using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EzAudit.Sealing.Ledger;

/// <summary>A log file as the ledger knows it.</summary>
/// <param name="id">Its number.</param>
/// <param name="inode">Its inode, by which writers recognize it.</param>
/// <param name="baseLength">How many bytes at its beginning are older than the ledger.</param>
/// <param name="name">Its name, relative to the log directory.</param>
internal sealed class SealedLog(long id, long inode, long baseLength, string name)
{
    public long Id => id;

    public long Inode => inode;

    public long Base => baseLength;

    /// <summary>The current name; that of the last rotation by a writer.</summary>
    public string Name { get; set; } = name;

    /// <summary>The bytes that the ledger accounts for.</summary>
    public CoveredRanges Covered { get; private init; } = new();

    /// <summary>Whether extents were added since a checkpoint; then the file must be synced before the next one.</summary>
    public bool IsUnsynced { get; set; }

    /// <summary>Writes the line <c>w</c>.</summary>
    public void WriteHint(LineBuffer lines) =>
        lines.Line("w"u8).Number(id).Number(inode).Number(baseLength).Text(Covered.ToString()).Text(Name).End();

    /// <summary>Parses a line <c>w</c>.</summary>
    public static bool TryRestore(ReadOnlySpan<byte> line, [NotNullWhen(true)] out SealedLog? log)
    {
        log = null;
        var reader = new FieldReader(line[..^1]);
        if (!reader.TryField(out ReadOnlySpan<byte> kind) || !kind.SequenceEqual("w"u8)
            || !reader.TryNumber(out long id) || !reader.TryNumber(out long inode) || !reader.TryNumber(out long baseLength)
            || !reader.TryField(out ReadOnlySpan<byte> ranges) || !CoveredRanges.TryParse(Encoding.UTF8.GetString(ranges), out CoveredRanges covered)) return false;
        ReadOnlySpan<byte> name = reader.Rest();
        if (name.IsEmpty) return false;
        log = new SealedLog(id, inode, baseLength, Encoding.UTF8.GetString(name)) { Covered = covered };
        return true;
    }
}
