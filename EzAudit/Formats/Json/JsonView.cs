using System.Buffers;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Reads in place a line that <see cref="JsonFormat"/> writes, moving from member to member: they are in its order, without blanks between them.</summary>
/// <remarks>Optimized for speed: reports read every line. Measured by the benchmark read-back.</remarks>
internal ref struct JsonView
{
    private static readonly JsonFormat Format = new();

    private readonly ReadOnlySpan<byte> _line;
    private int _offset;

    private JsonView(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>False if the line has any other form; it may still be a record.</summary>
    /// <param name="line">The line with its line end.</param>
    /// <param name="syntax">The syntax.</param>
    /// <param name="view">The record.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, JsonSyntax syntax, out RecordView view)
    {
        view = default;
        var rest = new JsonView(line);
        if (!rest.Skip(JsonSyntax.Start) || !rest.TryTime(out long ticks)
            || !rest.Skip("\",\"function\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> function)
            || !rest.Skip("\",\"address\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> address)
            || !rest.Skip("\",\"actor\":{\"login\":\""u8)) return false;
        int actor = rest._offset;
        if (!rest.TryText(out ReadOnlySpan<byte> login) || !rest.Skip("\",\"id\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> id)) return false;
        int actorEnd = rest._offset;
        if (!rest.Skip("\"},\"fields\":["u8) || !rest.TryFields(out ReadOnlySpan<byte> fields) || !rest.IsEnd() || !IsText(line)) return false;
        view = new RecordView(syntax)
        {
            Text = line,
            UtcTicks = ticks,
            LocalTicks = RecordView.NoLocalTime,
            Address = address,
            Login = login,
            Id = id,
            Actor = line[actor..actorEnd],
            FunctionName = function,
            NamesFunction = true,
            HasFields = !fields.IsEmpty,
            FieldBytes = fields,
            LineEndLength = 1,
        };
        return true;
    }

    /// <summary>The view of a record that was parsed from some other form: of the line that <see cref="JsonFormat"/> writes for it.</summary>
    public static RecordView Of(AuditRecord record, bool isSound)
    {
        var line = new ArrayBufferWriter<byte>();
        var function = new AuditFunction { Name = record.Function ?? "" };
        Format.Write(new AuditRecordView(function, record.Time, record.Address, record.Actor, record.FieldSpan, record.Session, record.Trace), line);
        if (!TryRead(line.WrittenSpan, JsonSyntax.Instance, out RecordView view)) throw new InvalidOperationException("The format json wrote a line that it cannot read in place.");
        return view with { NamesFunction = record.Function is not null, IsUnsound = !isSound };
    }

    private bool IsEnd()
    {
        if (Skip(",\"session\":\""u8) && (!TryText(out _) || !Skip("\""u8))) return false;
        if (Skip(",\"trace\":\""u8) && (!TryText(out _) || !Skip("\""u8))) return false;
        return IsAt("}\n"u8) || IsAt("}\r\n"u8);
    }

    // Whether these bytes are all that is left.
    private readonly bool IsAt(ReadOnlySpan<byte> bytes) => _line[_offset..].SequenceEqual(bytes);

    // Skips some bytes; false if others are here.
    private bool Skip(ReadOnlySpan<byte> bytes)
    {
        if (!_line[_offset..].StartsWith(bytes)) return false;
        _offset += bytes.Length;
        return true;
    }

    // Moves to the quote that ends a text.
    private bool TryText(out ReadOnlySpan<byte> text)
    {
        int end = JsonText.FindEnd(_line, _offset);
        text = end < 0 ? default : _line[_offset..end];
        _offset = Math.Max(_offset, end);
        return end >= 0;
    }

    // Skips the time.
    private bool TryTime(out long utcTicks)
    {
        bool isTime = JsonTime.TryRead(_line[_offset..], out utcTicks);
        if (isTime) _offset += JsonTime.Length;
        return isTime;
    }

    // Skips the fields and the bracket that ends them, ["name","value"],...].
    private bool TryFields(out ReadOnlySpan<byte> fields)
    {
        int start = _offset;
        fields = default;
        if (Skip("]"u8)) return true;
        do
        {
            if (!Skip("[\""u8) || !TryText(out _) || !Skip("\",\""u8) || !TryText(out _) || !Skip("\"]"u8)) return false;
        }
        while (Skip(","u8));
        fields = _line[start.._offset];
        return Skip("]"u8);
    }

    // Neither a control character nor bytes that are not UTF-8, apart from the line end.
    private static bool IsText(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd("\r\n"u8);
        return text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 || (text.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0 && Utf8.IsValid(text));
    }
}
