using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>A piece of a classic log: where it ends, and whether it is a record, nothing or wrong.</summary>
/// <param name="Length">How many bytes; 0 when more are needed to tell.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="HeaderLength">How long the first line of a record is, without what ends it; 0 when the piece is none.</param>
/// <param name="LineEndLength">How long the line ends of the record are.</param>
/// <param name="LocalTime">The time of the record.</param>
/// <param name="HasNul">Whether there is a NUL in the record.</param>
internal readonly record struct ClassicPiece(
    int Length, AuditLogProblemKind? Problem = null, int HeaderLength = 0, int LineEndLength = 0, DateTime LocalTime = default, bool HasNul = false)
{
    /// <summary>Whether it is a record as far as its ends tell; its first line may still be no header.</summary>
    public bool IsRecord => HeaderLength > 0;
}
