using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>A piece of a classic log: where it ends, and whether it is a record, blank or damaged.</summary>
/// <param name="Length">Its length in bytes; 0 if more bytes are needed to decide.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="HeaderLength">The length of a record's first line without its line end; 0 if the piece is not a record.</param>
/// <param name="LineEndLength">The length of the record's line ends.</param>
/// <param name="LocalTime">The time of the record.</param>
/// <param name="HasNul">Whether the record contains a NUL.</param>
internal readonly record struct ClassicPiece(
    int Length, AuditLogProblemKind? Problem = null, int HeaderLength = 0, int LineEndLength = 0, DateTime LocalTime = default, bool HasNul = false)
{
    /// <summary>Whether its ends are those of a record; its first line may still not be a header.</summary>
    public bool IsRecord => HeaderLength > 0;
}
