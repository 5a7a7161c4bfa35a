using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Writes and reads one JSON object per line: time, function, address, actor, the fields as pairs, and session and trace if present.</summary>
/// <remarks>Optimized for speed, without allocation. Measured by the benchmark of the formats.</remarks>
internal sealed class JsonFormat : IAuditFormat
{
    public const string Name = "json";

    private readonly JsonTime _time = new(JsonSyntax.LineStart);

    public ReadOnlySpan<byte> Terminator => "\n"u8;

    // Cannot occur in a text: its quotes are escaped.
    public ReadOnlySpan<byte> Start => JsonSyntax.Start;

    public ReadOnlySpan<byte> TornTailEnd => EscapedText.TornLineEnd;

    public bool CanRead => true;

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        // Quotes, commas and brackets are written together with the adjacent names: each separate write costs time.
        var line = new Utf8Output(output);
        _time.Write(ref line, record.Time);
        line.Write("Z\",\"function\":\""u8);
        EscapedText.Write<JsonEscape>(ref line, record.Function.Name);
        line.Write("\",\"address\":\""u8);
        EscapedText.Write<JsonEscape>(ref line, record.Address);
        line.Write("\",\"actor\":{\"login\":\""u8);
        EscapedText.Write<JsonEscape>(ref line, record.Actor.Login);
        line.Write("\",\"id\":\""u8);
        EscapedText.Write<JsonEscape>(ref line, record.Actor.Id);
        line.Write("\"},\"fields\":["u8);
        WriteFields(ref line, record.Fields);
        line.WriteByte((byte)']');
        if (record.Session is { } session)
        {
            line.Write(",\"session\":\""u8);
            EscapedText.Write<JsonEscape>(ref line, session);
            line.WriteByte((byte)'"');
        }
        if (record.Trace is { } trace)
        {
            line.Write(",\"trace\":\""u8);
            EscapedText.Write<JsonEscape>(ref line, trace);
            line.WriteByte((byte)'"');
        }
        line.Write("}\n"u8);
        line.Flush();
    }

    public AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => JsonSyntax.Read(bytes, isFinal);

    private static void WriteFields(ref Utf8Output line, ReadOnlySpan<AuditField> fields)
    {
        if (fields.IsEmpty) return;
        for (int i = 0; i < fields.Length; i++)
        {
            line.Write(i == 0 ? "[\""u8 : "\"],[\""u8);
            EscapedText.Write<JsonEscape>(ref line, fields[i].Name);
            line.Write("\",\""u8);
            EscapedText.WriteValue<JsonEscape>(ref line, in fields[i]);
        }
        line.Write("\"]"u8);
    }
}
