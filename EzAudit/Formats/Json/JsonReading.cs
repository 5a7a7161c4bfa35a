using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Finds where the pieces of a JSON log end: records, torn records and damage. Always resumes at the next line or record.</summary>
internal static class JsonReading
{
    /// <summary>The start of every record.</summary>
    public const string LineStart = "{\"time\":\"";

    public static ReadOnlySpan<byte> Start => "{\"time\":\""u8;

    /// <summary>The last line that starts like a record, except at the very beginning; -1 if there is none.</summary>
    public static int FindLastLine(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.Length, at; (at = bytes[..end].LastIndexOf((byte)'\n')) >= 0; end = at)
        {
            if (bytes[(at + 1)..].StartsWith(Start)) return at + 1;
        }
        return -1;
    }

    public static AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        int end = bytes.IndexOf((byte)'\n') + 1;
        if (bytes.IsEmpty || (end == 0 && !isFinal)) return AuditReadResult.NeedsMore;
        ReadOnlySpan<byte> line = end == 0 ? bytes : bytes[..end];
        if (end > 0 && line.TrimEnd("\r\n"u8).IsEmpty) return AuditReadResult.OfNothing(end);
        // A record inside the line is glued to a torn one or follows a hole: everything before it is one piece.
        int next = line[1..].IndexOf(Start) + 1;
        if (next > 0) return AuditReadResult.OfProblem(KindOf(line[..next]), next);
        return end == 0 ? OfTail(line) : OfLine(line);
    }

    private static AuditLogProblemKind KindOf(ReadOnlySpan<byte> piece) =>
        BeginsRecord(piece) && !piece.Contains((byte)0) ? AuditLogProblemKind.GluedRecord : AuditLogProblemKind.Damage;

    private static AuditReadResult OfTail(ReadOnlySpan<byte> tail) =>
        AuditReadResult.OfProblem(BeginsRecord(tail) ? AuditLogProblemKind.TornTail : AuditLogProblemKind.Damage, tail.Length);

    private static AuditReadResult OfLine(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith(EscapedText.TornLineEnd)) return AuditReadResult.OfProblem(AuditLogProblemKind.TornRecord, line.Length);
        AuditRecord? record = JsonRecord.Parse(line.TrimEnd("\r\n"u8), out bool isSound);
        if (record is null) return AuditReadResult.OfProblem(AuditLogProblemKind.Damage, line.Length);
        return isSound
            ? AuditReadResult.OfRecord(record, line.Length)
            : AuditReadResult.OfDoubtfulRecord(record, AuditLogProblemKind.Damage, line.Length);
    }

    private static bool BeginsRecord(ReadOnlySpan<byte> piece) => piece.StartsWith(Start[..Math.Min(Start.Length, piece.Length)]);
}
