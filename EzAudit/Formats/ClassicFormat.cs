using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Formats;

/// <summary>The default format: the text that eZ Publish writes, with escapes where its own could not be read back.</summary>
/// <remarks>Fast on purpose: every record of most applications goes through it, without allocation. Proven by its benchmark.</remarks>
internal sealed class ClassicFormat(DateTimeZone zone) : IAuditFormat
{
    private readonly ClassicTime _time = new(zone);

    /// <summary>What knows the zone.</summary>
    public ClassicTime Time => _time;

    public ReadOnlySpan<byte> Terminator => "\n\n"u8;

    public ReadOnlySpan<byte> Start => "[ "u8;

    // No text holds it: the backslash of a literal \u{ is always escaped.
    public ReadOnlySpan<byte> TornTailEnd => ClassicReading.TornTailEnd;

    public bool CanRead => true;

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        var bytes = new Utf8Output(output);
        bytes.Write(_time.Head(record.Time));
        ClassicText.WriteAddress(ref bytes, record.Address);
        bytes.Write("] ["u8);
        ClassicText.WriteLogin(ref bytes, record.Actor.Login);
        bytes.WriteByte((byte)':');
        ClassicText.WriteId(ref bytes, record.Actor.Id);
        bytes.Write("]\n"u8);
        foreach (ref readonly AuditField field in record.Fields)
        {
            ClassicText.WriteName(ref bytes, field.Name);
            bytes.Write(": "u8);
            if (!bytes.TryWriteNumber(in field)) ClassicText.WriteValue(ref bytes, field.Value);
            bytes.WriteByte((byte)'\n');
        }
        bytes.WriteByte((byte)'\n');
        bytes.Flush();
    }

    public AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => ClassicReading.Read(bytes, isFinal, _time);
}
