using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Passes on the records of one part of a file that match a query, and notes the problems of the pieces that it receives.</summary>
internal abstract class MatchSink(RecordMatcher matcher) : IPieceSink
{
    public ProblemList Problems { get; } = new();

    protected AuditLogFile File => matcher.File;

    public void Take(ReadOnlySpan<byte> bytes, in RecordPiece piece, in RecordView view, long offset)
    {
        if (!piece.IsRecord)
        {
            if (piece.Problem is { } kind) Problems.Add(kind, bytes, File.Path, offset);
            return;
        }
        bool isMatch = matcher.IsMatch(view, out bool isInDoubt);
        if (isInDoubt) Problems.AddDoubt(File, offset);
        if (!isMatch) return;
        if (!matcher.IsVerified(offset, piece.Length))
        {
            Problems.AddUnverified(File);
            return;
        }
        bool isSound = view.IsSound();
        if (!isSound) Problems.AddUnsound(piece.Problem ?? AuditLogProblemKind.Damage, bytes, File.Path, offset);
        Keep(view, bytes, offset, isSound);
    }

    /// <param name="view">A record that matches.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="offset">Its offset in the file.</param>
    /// <param name="isSound">Whether it consists only of what a writer produces.</param>
    protected abstract void Keep(in RecordView view, ReadOnlySpan<byte> bytes, long offset, bool isSound);
}
