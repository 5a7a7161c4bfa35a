using System.Text.Unicode;
using EzAudit.Formats.InPlace;

namespace EzAudit.Formats.Classic;

/// <summary>Reads classic records in place.</summary>
internal static class ClassicView
{
    /// <summary>False if the first line is not a header.</summary>
    /// <param name="bytes">The record with its terminator.</param>
    /// <param name="piece">The layout of the record.</param>
    /// <param name="syntax">The syntax, with the zone of the log.</param>
    /// <param name="view">The record.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, scoped in ClassicPiece piece, ClassicSyntax syntax, out RecordView view)
    {
        int header = piece.HeaderLength;
        if (!ClassicHeader.TrySplit(bytes[..header], out int addressEnd, out int login, out int id))
        {
            view = default;
            return false;
        }
        int end = EndLength(bytes, piece.LineEndLength);
        ReadOnlySpan<byte> lines = bytes[..^end];
        bool hasFields = header != lines.Length;
        view = new RecordView(syntax)
        {
            Text = lines,
            UtcTicks = syntax.Time.ToUtcTicks(piece.LocalTime),
            LocalTicks = piece.LocalTime.Ticks,
            Address = bytes[ClassicHeader.StartLength..addressEnd],
            Login = bytes[login..(id - 1)],
            Id = bytes[id..(header - 1)],
            Actor = bytes[login..(header - 1)],
            HasFields = hasFields,
            FieldBytes = hasFields ? lines[(header + piece.LineEndLength)..] : default,
            LineEndLength = piece.LineEndLength,
            IsUnsound = piece.HasNul || end != piece.LineEndLength * 2,
        };
        return true;
    }

    /// <summary>Whether a record consists only of what EzAudit writes, or eZ Publish with single-line texts.</summary>
    public static bool IsSound(in RecordView view) =>
        Utf8.IsValid(view.Text) && (!view.HasFields || AreFields(view.FieldBytes, LineEnd(view.LineEndLength)));

    public static ReadOnlySpan<byte> LineEnd(int length) => length == 2 ? "\r\n"u8 : "\n"u8;

    // In a file whose lines end in CR LF, the last one before the empty line may have lost its CR.
    private static int EndLength(ReadOnlySpan<byte> bytes, int lineEndLength) =>
        lineEndLength == 1 ? 2 : bytes.EndsWith("\r\n\r\n"u8) ? 4 : 3;

    // Every line is a field or the continuation of one.
    private static bool AreFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            int end = lineEnd.Length == 1 ? lines.IndexOf((byte)'\n') : lines.IndexOf(lineEnd);
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            bool continues = !isFirst && !line.IsEmpty && line[0] == '\t';
            if (!continues && !IsField(line)) return false;
            if (end < 0) return true;
            lines = lines[(end + lineEnd.Length)..];
        }
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0) return false;
        return (colon + 1 < line.Length && line[colon + 1] == ' ') || line[colon..].IndexOf(": "u8) >= 0;
    }
}
