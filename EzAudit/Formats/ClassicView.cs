using System.Text;
using System.Text.Unicode;

namespace EzAudit.Formats;

/// <summary>A classic record read in place: its parts as the bytes they are in the log, escapes and all.</summary>
/// <remarks>Fast on purpose: searches and counts look at millions of records that nobody wants. Proven by the benchmark read-back.</remarks>
internal readonly ref struct ClassicView
{
    private readonly ReadOnlySpan<byte> _lines;
    private readonly int _headerLength;

    private ClassicView(ReadOnlySpan<byte> lines, int headerLength, int lineEndLength, DateTime localTime, Range address, int login, int id)
    {
        _lines = lines;
        _headerLength = headerLength;
        LineEndLength = lineEndLength;
        LocalTime = localTime;
        Address = lines[address];
        Login = lines[login..(id - 1)];
        Id = lines[id..(headerLength - 1)];
        Actor = lines[login..(headerLength - 1)];
    }

    public DateTime LocalTime { get; }

    public int LineEndLength { get; }

    public ReadOnlySpan<byte> Address { get; }

    public ReadOnlySpan<byte> Login { get; }

    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Login, colon, id.</summary>
    public ReadOnlySpan<byte> Actor { get; }

    /// <summary>Header and fields, without what ends the record.</summary>
    public ReadOnlySpan<byte> Lines => _lines;

    /// <summary>The fields, one after the other.</summary>
    public ClassicFields Fields => _headerLength == _lines.Length
        ? ClassicFields.None
        : new ClassicFields(_lines[(_headerLength + LineEndLength)..], LineEnd(LineEndLength));

    /// <summary>False when the first line is no header.</summary>
    /// <param name="piece">The record with what ends it.</param>
    /// <param name="lineEndLength">How long its line ends are.</param>
    /// <param name="view">The record.</param>
    public static bool TryRead(ReadOnlySpan<byte> piece, int lineEndLength, out ClassicView view)
    {
        view = default;
        ReadOnlySpan<byte> lines = piece[..^(lineEndLength * 2)];
        int headerLength = lines.IndexOf(LineEnd(lineEndLength));
        if (headerLength < 0) headerLength = lines.Length;
        if (!ClassicHeader.TrySplit(lines[..headerLength], out DateTime localTime, out int addressEnd, out int login, out int id)) return false;
        view = new ClassicView(lines, headerLength, lineEndLength, localTime, ClassicHeader.StartLength..addressEnd, login, id);
        return true;
    }

    /// <summary>Finds the value of the first field of a name, as it is written.</summary>
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

    /// <summary>Whether all of it is what EzAudit or eZ Publish with texts of one line writes.</summary>
    public bool IsSound()
    {
        if (!Utf8.IsValid(_lines) || _lines.Contains((byte)0)) return false;
        ClassicFields fields = Fields;
        while (fields.MoveNext())
        {
        }
        return fields.IsSound;
    }

    public static ReadOnlySpan<byte> LineEnd(int length) => length == 2 ? "\r\n"u8 : "\n"u8;
}
