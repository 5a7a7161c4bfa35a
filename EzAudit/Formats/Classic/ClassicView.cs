using System.Text;
using System.Text.Unicode;

namespace EzAudit.Formats.Classic;

/// <summary>A classic record read in place: its parts are the raw bytes of the log, including escapes.</summary>
/// <remarks>Optimized for speed: searches and counts skip millions of records that do not match. Measured by the benchmark read-back.</remarks>
internal readonly ref struct ClassicView
{
    private readonly ReadOnlySpan<byte> _lines;
    private readonly int _headerLength;
    private readonly bool _hasNul;
    private readonly bool _hasMixedEnd;

    private ClassicView(ReadOnlySpan<byte> bytes, in ClassicPiece piece, int addressEnd, int login, int id)
    {
        int end = EndLength(bytes, piece.LineEndLength);
        _lines = bytes[..^end];
        _hasMixedEnd = end != piece.LineEndLength * 2;
        _headerLength = piece.HeaderLength;
        _hasNul = piece.HasNul;
        LineEndLength = piece.LineEndLength;
        LocalTime = piece.LocalTime;
        Address = bytes[ClassicHeader.StartLength..addressEnd];
        Login = bytes[login..(id - 1)];
        Id = bytes[id..(_headerLength - 1)];
        Actor = bytes[login..(_headerLength - 1)];
    }

    public DateTime LocalTime { get; }

    public int LineEndLength { get; }

    public ReadOnlySpan<byte> Address { get; }

    public ReadOnlySpan<byte> Login { get; }

    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Login, colon, id.</summary>
    public ReadOnlySpan<byte> Actor { get; }

    /// <summary>Header and fields, without the terminator.</summary>
    public ReadOnlySpan<byte> Lines => _lines;

    /// <summary>The fields in order.</summary>
    public ClassicFields Fields => _headerLength == _lines.Length
        ? ClassicFields.None
        : new ClassicFields(_lines[(_headerLength + LineEndLength)..], LineEnd(LineEndLength));

    /// <summary>False if the first line is not a header.</summary>
    /// <param name="bytes">The record with its terminator.</param>
    /// <param name="piece">The layout of the record.</param>
    /// <param name="view">The record.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, in ClassicPiece piece, out ClassicView view)
    {
        bool isHeader = ClassicHeader.TrySplit(bytes[..piece.HeaderLength], out int addressEnd, out int login, out int id);
        view = isHeader ? new ClassicView(bytes, piece, addressEnd, login, id) : default;
        return isHeader;
    }

    /// <summary>Finds the value, as written, of the first field with a name.</summary>
    public bool TryFindValue(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (ClassicFields fields = Fields; fields.MoveNext();)
        {
            if (!IsNamed(fields.Name, name)) continue;
            value = fields.Value;
            return true;
        }
        value = default;
        return false;
    }

    private static bool IsNamed(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name) =>
        written.SequenceEqual(name) || (written.Contains((byte)'\\') && Encoding.UTF8.GetBytes(ClassicText.Read(written)).AsSpan().SequenceEqual(name));

    /// <summary>Whether it consists only of what EzAudit writes, or eZ Publish with single-line texts.</summary>
    public bool IsSound()
    {
        if (_hasNul || _hasMixedEnd || !Utf8.IsValid(_lines)) return false;
        int start = _headerLength + LineEndLength;
        return start > _lines.Length || AreFields(_lines[start..], LineEnd(LineEndLength));
    }

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

    public static ReadOnlySpan<byte> LineEnd(int length) => length == 2 ? "\r\n"u8 : "\n"u8;
}
