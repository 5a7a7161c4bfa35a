using EzAudit.Formats.InPlace;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Erasing;

/// <summary>Finds the records to erase in one part of a file, and those under a legal hold. Receives all pieces, to number the records.</summary>
/// <param name="member">The file.</param>
/// <param name="matcher">The query.</param>
/// <param name="holds">The legal holds.</param>
/// <param name="now">The present time.</param>
internal sealed class ErasableRecords(LogMember member, RecordMatcher matcher, LegalHolds holds, Instant now) : IPieceSink
{
    /// <summary>All records of the part.</summary>
    public long Count { get; private set; }

    /// <summary>The records to erase; numbered within the part, from 1.</summary>
    public List<AuditRecordPlace> Found { get; } = [];

    /// <summary>The records that a hold keeps; numbered in the same way.</summary>
    public List<(HoldSettings Hold, long Number)> Held { get; } = [];

    public ProblemList Problems { get; } = new();

    public void Take(ReadOnlySpan<byte> bytes, in RecordPiece piece, in RecordView view, long offset)
    {
        if (!piece.IsRecord)
        {
            if (piece.Problem is { } kind) Problems.Add(kind, bytes, member.File.Path, offset);
            return;
        }
        Count++;
        bool isMatch = matcher.IsMatch(view, out bool isInDoubt);
        if (isInDoubt) Problems.AddDoubt(member.File, offset);
        if (!isMatch || member.Syntax!.Erase(bytes) is not { } erased || bytes.SequenceEqual(erased)) return;
        if (!IsErasable(member, bytes.ToArray(), holds, now, out HoldSettings? hold)) return;
        if (hold is not null) Held.Add((hold, Count));
        else Found.Add(new AuditRecordPlace(Count, offset, bytes.Length));
    }

    /// <summary>Whether a record may be erased at all; those about erasures remain. A hold may keep it nevertheless.</summary>
    public static bool IsErasable(LogMember member, byte[] bytes, LegalHolds holds, Instant now, out HoldSettings? hold)
    {
        AuditRecord record = member.Read(bytes);
        string function = member.File.FunctionOf(record) ?? "";
        hold = holds.Find(function, record.FieldSpan, now);
        return function != Writing.OwnFunctions.Erase.Name;
    }
}
