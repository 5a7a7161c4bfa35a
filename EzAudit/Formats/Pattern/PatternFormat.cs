using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;
using NodaTime;

namespace EzAudit.Formats.Pattern;

/// <summary>A line in the layout of a log4net PatternLayout, for users who migrate from it. Cannot be read back.</summary>
/// <remarks>
/// Optimized for speed, without allocation: the pattern is parsed once. Measured by the benchmark of the formats. A record is one line and
/// has a line end whether or not the pattern contains <c>%n</c>.
/// </remarks>
internal sealed class PatternFormat : IAuditFormat
{
    public const string Name = "pattern";

    private readonly RecordPart[] _parts;

    /// <exception cref="AuditComponentSettingsException">The pattern contains something invalid.</exception>
    public PatternFormat(string? pattern, DateTimeZone zone)
    {
        if (string.IsNullOrEmpty(pattern)) throw new AuditComponentSettingsException(PatternParser.Key, "a pattern such as %d %login [%t] %m%n");
        (string? Literal, PatternConversion? Conversion)[] pieces = [.. PatternParser.Parse(pattern)];
        var conversions = new PatternConversions(zone, pieces.Any(piece => piece.Conversion is { } conversion && PatternConversions.IsEvent(conversion)));
        var parts = new List<RecordPart>();
        for (int i = 0; i < pieces.Length; i++)
        {
            (string? literal, PatternConversion? conversion) = pieces[i];
            if (literal is not null) parts.Add(Literal(literal));
            else if (!PatternConversions.IsNewline(conversion!)) parts.Add(Padded(conversion!.Padding, conversions.Make(conversion)));
            else if (i < pieces.Length - 1) throw PatternParser.Refuse(conversion!.At, conversion.Text, "a line break only at the end: a record is one line");
        }
        _parts = [.. parts];
    }

    public ReadOnlySpan<byte> Terminator => "\n"u8;

    public ReadOnlySpan<byte> TornTailEnd => EscapedText.TornLineEnd;

    public static PatternFormat Create(AuditComponentSettings settings) =>
        new(settings[PatternParser.Key], DateTimeZoneProviders.Tzdb[settings.TimeZone]);

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        var line = new Utf8Output(output);
        foreach (RecordPart part in _parts) part(ref line, record);
        line.WriteByte((byte)'\n');
        line.Flush();
    }

    private static RecordPart Literal(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new Utf8Output(buffer);
        EscapedText.Write<LineEscape>(ref output, text);
        output.Flush();
        byte[] bytes = buffer.WrittenSpan.ToArray();
        return (ref line, in record) => line.Write(bytes);
    }

    private static RecordPart Padded(Padding padding, RecordPart part)
    {
        if (padding == Padding.None) return part;
        return (ref line, in record) =>
        {
            RecordBuffer buffer = RecordBuffer.Rent();
            try
            {
                var text = new Utf8Output(buffer);
                part(ref text, record);
                text.Flush();
                padding.Write(ref line, buffer.Written);
            }
            finally
            {
                buffer.Return();
            }
        };
    }
}
