using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Finds where the pieces of a classic log end: records, torn records and damage. Always resumes at the next header.</summary>
internal static class ClassicReading
{
    // Searched window by window, so that the search for a small piece does not cover all of a large buffer.
    private const int SearchWindow = 4096;

    // Long damage is split to bound memory, shorter damage never is: its classification must not depend on how much was in the buffer.
    private const int LeastCut = 32 << 10;

    // The bytes before a header that is not yet complete: LF TAB would make it the text of a value.
    private const int Kept = ClassicHeader.StartLength - 1 + 2;

    public static ReadOnlySpan<byte> TornTailEnd => "\\u{torn}\n\n"u8;

    public static AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal, ClassicSyntax syntax)
    {
        RecordPiece piece = syntax.ReadPiece(bytes, isFinal, out RecordView view);
        if (piece.Length == 0) return AuditReadResult.NeedsMore;
        if (piece.Problem is { } problem) return AuditReadResult.OfProblem(problem, piece.Length);
        if (!piece.IsRecord) return AuditReadResult.OfNothing(piece.Length);
        AuditRecord record = ClassicRecord.Make(view);
        return view.IsSound()
            ? AuditReadResult.OfRecord(record, piece.Length)
            : AuditReadResult.OfDoubtfulRecord(record, AuditLogProblemKind.Damage, piece.Length);
    }

    /// <summary>Finds the end and kind of the piece at the start of some bytes, without reading a record.</summary>
    public static ClassicPiece Find(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        int blank = EmptyLines(bytes);
        if (blank > 0) return new ClassicPiece(blank);
        return ClassicHeader.TryReadTime(bytes, out DateTime localTime) ? FindRecord(bytes, localTime, isFinal) : FindDamage(bytes, isFinal);
    }

    private static int EmptyLines(ReadOnlySpan<byte> bytes)
    {
        int end = 0;
        while (end < bytes.Length)
        {
            if (bytes[end] == '\n') end++;
            else if (bytes[end..].StartsWith("\r\n"u8)) end += 2;
            else break;
        }
        return end;
    }

    private static ClassicPiece FindDamage(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        int next = FindHeader(bytes, 1, bytes.Length);
        if (next < 0 && !isFinal)
        {
            if (bytes.Length < LeastCut) return default;
            int consumed = bytes.Length - Kept;
            // A header after LF TAB was classified above as text; separated from them, it would be classified again.
            if (bytes[consumed] == '[') consumed++;
            return OfProblem(AuditLogProblemKind.Damage, consumed);
        }
        ReadOnlySpan<byte> piece = next < 0 ? bytes : bytes[..next];
        if (next < 0 && ClassicHeader.IsStartOfHeader(piece)) return OfProblem(AuditLogProblemKind.TornTail, piece.Length);
        bool isClosed = piece.EndsWith(TornTailEnd);
        return OfProblem(
            isClosed ? AuditLogProblemKind.TornRecord : AuditLogProblemKind.Damage,
            isClosed ? piece.Length : piece.TrimEnd("\r\n"u8).Length is > 0 and int length ? length : piece.Length);
    }

    private static ClassicPiece FindRecord(ReadOnlySpan<byte> bytes, DateTime localTime, bool isFinal)
    {
        int lf = -1;
        int lineEndLength = 1;
        for (int from = ClassicHeader.StartLength; from < bytes.Length; from += SearchWindow)
        {
            ReadOnlySpan<byte> window = bytes[..Math.Min(from + SearchWindow + 2, bytes.Length)];
            if (lf < 0)
            {
                lf = window[from..].IndexOf((byte)'\n');
                if (lf >= 0) lf += from;
                // If a tool turned every LF of a file into CR LF, the header shows it, because no writer puts a CR there.
                if (lf >= 0 && bytes[lf - 1] == '\r') lineEndLength = 2;
            }
            int end = lf < 0 ? -1 : FindEmptyLine(window, from - 1, lineEndLength);
            int next = FindHeader(bytes, from - 1, end < 0 ? Math.Min(from + SearchWindow, bytes.Length) : end);
            if (next >= 0) return OfTornRecord(bytes, next);
            if (end >= 0) return OfWholeRecord(bytes[..end], lf + 1 - lineEndLength, lineEndLength, localTime);
        }
        return isFinal ? OfProblem(AuditLogProblemKind.TornTail, bytes.Length) : default;
    }

    // The offset after the first empty line; -1 if there is none.
    private static int FindEmptyLine(ReadOnlySpan<byte> bytes, int from, int lineEndLength)
    {
        ReadOnlySpan<byte> empty = lineEndLength == 1 ? "\n\n"u8 : "\n\r\n"u8;
        int at = bytes[from..].IndexOf(empty);
        return at < 0 ? -1 : from + at + empty.Length;
    }

    /// <summary>The first header that begins in [from, to) and is not the text of a continuation line; -1 if there is none.</summary>
    public static int FindHeader(ReadOnlySpan<byte> bytes, int from, int to)
    {
        while (from < to)
        {
            int at = bytes[from..Math.Min(to + 1, bytes.Length)].IndexOf("[ "u8);
            if (at < 0) return -1;
            at += from;
            if (ClassicHeader.StartsWithHeader(bytes[at..]) && !IsAfterLineTab(bytes, at)) return at;
            from = at + 1;
        }
        return -1;
    }

    /// <summary>The last header that begins in [from, to) and is not the text of a continuation line; -1 if there is none.</summary>
    public static int FindLastHeader(ReadOnlySpan<byte> bytes, int from, int to)
    {
        while (from < to)
        {
            int at = bytes[from..Math.Min(to + 1, bytes.Length)].LastIndexOf("[ "u8);
            if (at < 0) return -1;
            at += from;
            if (ClassicHeader.StartsWithHeader(bytes[at..]) && !IsAfterLineTab(bytes, at)) return at;
            to = at;
        }
        return -1;
    }

    private static bool IsAfterLineTab(ReadOnlySpan<byte> bytes, int at) =>
        at > 0 && bytes[at - 1] == '\t' && (at == 1 || bytes[at - 2] == '\n');

    private static ClassicPiece OfTornRecord(ReadOnlySpan<byte> bytes, int next)
    {
        AuditLogProblemKind kind = HasHole(bytes[..next]) ? AuditLogProblemKind.Damage
            : bytes[next - 1] == '\n' ? AuditLogProblemKind.TornRecord
            : AuditLogProblemKind.GluedRecord;
        return OfProblem(kind, next);
    }

    private static ClassicPiece OfWholeRecord(ReadOnlySpan<byte> piece, int headerLength, int lineEndLength, DateTime localTime)
    {
        if (piece.EndsWith(TornTailEnd)) return OfProblem(AuditLogProblemKind.TornRecord, piece.Length);
        bool hasNul = piece.Contains((byte)0);
        // What follows a hole may belong to another record.
        if (hasNul && HasHole(piece)) return OfProblem(AuditLogProblemKind.Damage, piece.Length);
        return new ClassicPiece(piece.Length, null, headerLength, lineEndLength, localTime, hasNul);
    }

    private static ClassicPiece OfProblem(AuditLogProblemKind problem, int length) => new(length, problem);

    // A power failure leaves blocks of NULs. A single NUL may be text that eZ Publish wrote unescaped.
    private static bool HasHole(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\0\0"u8) >= 0;
}
