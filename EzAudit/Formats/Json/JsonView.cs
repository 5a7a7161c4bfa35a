using System.Buffers;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Reads in place the lines that <see cref="JsonFormat"/> writes: members in its order, without blanks between them.</summary>
/// <remarks>Optimized for speed: reports read every line. Measured by the benchmark read-back.</remarks>
internal static class JsonView
{
    private static readonly JsonFormat Format = new();

    /// <summary>False if the line has any other form; it may still be a record.</summary>
    /// <param name="line">The line with its line end.</param>
    /// <param name="syntax">The syntax.</param>
    /// <param name="view">The record.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, JsonSyntax syntax, out RecordView view)
    {
        view = default;
        var rest = new JsonCursor(line);
        if (!rest.Skip(JsonReading.Start) || !rest.TryTime(out long ticks)
            || !rest.Skip("\",\"function\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> function)
            || !rest.Skip("\",\"address\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> address)
            || !rest.Skip("\",\"actor\":{\"login\":\""u8)) return false;
        int actor = rest.Offset;
        if (!rest.TryText(out ReadOnlySpan<byte> login) || !rest.Skip("\",\"id\":\""u8) || !rest.TryText(out ReadOnlySpan<byte> id)) return false;
        int actorEnd = rest.Offset;
        if (!rest.Skip("\"},\"fields\":["u8) || !rest.TryFields(out ReadOnlySpan<byte> fields) || !IsEnd(ref rest) || !IsText(line)) return false;
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

    private static bool IsEnd(ref JsonCursor rest)
    {
        if (rest.Skip(",\"session\":\""u8) && (!rest.TryText(out _) || !rest.Skip("\""u8))) return false;
        if (rest.Skip(",\"trace\":\""u8) && (!rest.TryText(out _) || !rest.Skip("\""u8))) return false;
        return rest.IsAt("}\n"u8) || rest.IsAt("}\r\n"u8);
    }

    // Neither a control character nor bytes that are not UTF-8, apart from the line end.
    private static bool IsText(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd("\r\n"u8);
        return text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 || (text.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0 && Utf8.IsValid(text));
    }
}
