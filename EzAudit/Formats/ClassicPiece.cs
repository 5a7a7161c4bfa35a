using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>A piece of a classic log: where it ends, and whether it is a record, nothing or wrong.</summary>
/// <param name="Length">How many bytes; 0 when more are needed to tell.</param>
/// <param name="LineEndLength">How long the line ends of the record are; 0 when it is none.</param>
/// <param name="Problem">What is wrong with it.</param>
internal readonly record struct ClassicPiece(int Length, int LineEndLength = 0, AuditLogProblemKind? Problem = null)
{
    /// <summary>Whether it is a record as far as its ends tell; its first line may still be no header.</summary>
    public bool IsRecord => LineEndLength > 0;
}
