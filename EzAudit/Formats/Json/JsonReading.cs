using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Finds where the pieces of a JSON log end: records, torn records and damage. Always resumes at the next line or record.</summary>
internal static class JsonReading
{
    /// <summary>The start of every record.</summary>
    public const string LineStart = "{\"time\":\"";

    public static ReadOnlySpan<byte> Start => "{\"time\":\""u8;

    public static AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        RecordPiece piece = Find(bytes, isFinal);
        if (piece.Length == 0) return AuditReadResult.NeedsMore;
        if (piece.Problem is { } problem) return AuditReadResult.OfProblem(problem, piece.Length);
        if (!piece.IsRecord) return AuditReadResult.OfNothing(piece.Length);
        AuditRecord? record = JsonRecord.Parse(bytes[..piece.Length].TrimEnd("\r\n"u8), out bool isSound);
        if (record is null) return AuditReadResult.OfProblem(AuditLogProblemKind.Damage, piece.Length);
        return isSound
            ? AuditReadResult.OfRecord(record, piece.Length)
            : AuditReadResult.OfDoubtfulRecord(record, AuditLogProblemKind.Damage, piece.Length);
    }

    /// <summary>Finds the end and kind of the piece at the start of some bytes. A whole line counts as a record: only its parser can tell.</summary>
    public static RecordPiece Find(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        int end = bytes.IndexOf((byte)'\n') + 1;
        if (bytes.IsEmpty) return default;
        ReadOnlySpan<byte> line = end == 0 ? bytes : bytes[..end];
        if (end > 0 && line.TrimEnd("\r\n"u8).IsEmpty) return new RecordPiece(end);
        // A record inside the line is glued to a torn one or follows a hole: everything before it is one piece.
        int next = line[1..].IndexOf(Start) + 1;
        if (next > 0) return new RecordPiece(next, KindOf(line[..next]));
        if (end == 0 && !isFinal) return default;
        if (end == 0) return new RecordPiece(line.Length, BeginsRecord(line) ? AuditLogProblemKind.TornTail : AuditLogProblemKind.Damage);
        return line.EndsWith(EscapedText.TornLineEnd) ? new RecordPiece(end, AuditLogProblemKind.TornRecord) : new RecordPiece(end, IsRecord: true);
    }

    private static AuditLogProblemKind KindOf(ReadOnlySpan<byte> piece) =>
        BeginsRecord(piece) && !piece.Contains((byte)0) ? AuditLogProblemKind.GluedRecord : AuditLogProblemKind.Damage;

    private static bool BeginsRecord(ReadOnlySpan<byte> piece) => piece.StartsWith(Start[..Math.Min(Start.Length, piece.Length)]);
}
