using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>A piece of a classic log: where it ends, and whether it is a record, blank or damaged. The next piece always begins at the next header.</summary>
/// <param name="Length">Its length in bytes; 0 if more bytes are needed to decide.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="HeaderLength">The length of a record's first line without its line end; 0 if the piece is not a record.</param>
/// <param name="LineEndLength">The length of the record's line ends.</param>
/// <param name="LocalTime">The time of the record.</param>
/// <param name="HasNul">Whether the record contains a NUL.</param>
internal readonly record struct ClassicPiece(
    int Length, AuditLogProblemKind? Problem = null, int HeaderLength = 0, int LineEndLength = 0, DateTime LocalTime = default, bool HasNul = false)
{
    // Searched window by window, so that the search for a small piece does not cover all of a large buffer.
    private const int SearchWindow = 4096;

    // Long damage is split to bound memory, shorter damage never is: its classification must not depend on how much was in the buffer.
    private const int LeastCut = 32 << 10;

    // The bytes before a header that is not yet complete: LF TAB would make it the text of a value.
    private const int Kept = ClassicHeader.StartLength - 1 + 2;

    public static ReadOnlySpan<byte> TornTailEnd => "\\u{torn}\n\n"u8;

    /// <summary>Whether its ends are those of a record; its first line may still not be a header.</summary>
    public bool IsRecord => HeaderLength > 0;

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
        int next = ClassicHeader.Find(bytes, 1, bytes.Length);
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
            int next = ClassicHeader.Find(bytes, from - 1, end < 0 ? Math.Min(from + SearchWindow, bytes.Length) : end);
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
