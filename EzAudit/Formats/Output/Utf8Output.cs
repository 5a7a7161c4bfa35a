using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Formats.Output;

/// <summary>Writes bytes and texts into a buffer writer, requesting space as rarely as possible.</summary>
/// <remarks>Optimized for speed: every record goes through it. Measured by the benchmark of the classic format.</remarks>
internal ref struct Utf8Output(IBufferWriter<byte> writer)
{
    private const int MinimumRoom = 512;
    // Texts are written in chunks, so that a long one does not request three times its length at once.
    private const int MaxPiece = 4096;

    private readonly IBufferWriter<byte> _writer = writer;
    private Span<byte> _room = writer.GetSpan(MinimumRoom);
    private int _used;

    /// <summary>Space for at least a number of bytes; pass the number used to <see cref="Advance"/>.</summary>
    public Span<byte> Room(int size)
    {
        if (_room.Length - _used < size) MakeRoom(size);
        return _room[_used..];
    }

    private void MakeRoom(int size)
    {
        Flush();
        _room = _writer.GetSpan(Math.Max(size, MinimumRoom));
    }

    public void Advance(int count) => _used += count;

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        Room(1)[0] = value;
        _used++;
    }

    /// <summary>Writes a plain ASCII text, see <see cref="PlainAscii"/>. Returns false, and writes nothing, for any other.</summary>
    public bool TryWritePlain(scoped ReadOnlySpan<char> text, char notPlain)
    {
        if (!PlainAscii.TryNarrow(text, Room(text.Length), notPlain)) return false;
        _used += text.Length;
        return true;
    }

    /// <summary>Writes a text that has only ASCII characters.</summary>
    public void WriteAscii(scoped ReadOnlySpan<char> text)
    {
        while (text.Length > MaxPiece)
        {
            WriteAscii(text[..MaxPiece]);
            text = text[MaxPiece..];
        }
        Ascii.FromUtf16(text, Room(text.Length), out int written);
        _used += written;
    }

    /// <summary>Writes a text without lone surrogates.</summary>
    public void WriteText(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> piece = text;
            if (piece.Length > MaxPiece)
                piece = piece[..(char.IsHighSurrogate(piece[MaxPiece - 1]) ? MaxPiece - 1 : MaxPiece)];
            Utf8.FromUtf16(piece, Room(piece.Length * 3), out int read, out int written);
            _used += written;
            text = text[read..];
        }
    }

    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, Room(32), out int written);
        _used += written;
    }

    /// <summary>Writes the last digits of a non-negative number, with leading zeros.</summary>
    public void WriteDigits(int number, int count)
    {
        Span<byte> digits = Room(count);
        for (int i = count - 1; i >= 0; i--, number /= 10) digits[i] = (byte)('0' + (number % 10));
        _used += count;
    }

    public void Write(double number)
    {
        number.TryFormat(Room(64), out int written, "R", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Writes a field value that is a number, <c>true</c> or <c>false</c>, which no format escapes. Returns false, and writes nothing, for a text.</summary>
    public bool TryWriteNumber(in AuditField field)
    {
        switch (field.Kind)
        {
            case AuditFieldKind.Integer:
                Write(field.Integer);
                return true;
            case AuditFieldKind.Boolean:
                Write(field.Boolean ? "true"u8 : "false"u8);
                return true;
            case AuditFieldKind.Double:
                Write(field.Double);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Commits what was written; until then, the buffer writer does not count it.</summary>
    public void Flush()
    {
        _writer.Advance(_used);
        _used = 0;
        _room = default;
    }
}

/// <summary>Writes one segment of a line for a record.</summary>
internal delegate void RecordPart(ref Utf8Output line, in AuditRecordView record);
