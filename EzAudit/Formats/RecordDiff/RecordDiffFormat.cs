using System.Buffers;
using System.Globalization;
using System.Xml;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;
using EzAudit.Formats.Pattern;
using NodaTime;

namespace EzAudit.Formats.RecordDiff;

/// <summary>USoft's representation of a data change in one line: a descriptive comment, and an element with the old and new values. Cannot be read back.</summary>
/// <remarks><see cref="DiffColumns"/> defines what the fields mean. A record without a table shows the function's name and sentence instead.</remarks>
internal sealed class RecordDiffFormat(DateTimeZone zone) : IAuditFormat
{
    public const string Name = "record-diff";

    private const int NameEscapeLength = 7;

    private readonly PatternTime _inWords = new("ddd dd MMM yyyy HH:mm:ss", zone);
    private readonly PatternTime _stamp = new("yyyy/MMddHHmmss", zone);

    public ReadOnlySpan<byte> Terminator => "\n"u8;

    public ReadOnlySpan<byte> Start => "<!-- On "u8;

    public ReadOnlySpan<byte> TornTailEnd => EscapedText.TornLineEnd;

    public static RecordDiffFormat Create(AuditComponentSettings settings) => new(DateTimeZoneProviders.Tzdb[settings.TimeZone]);

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        var line = new Utf8Output(output);
        int table = record.IndexOf(DiffColumns.Table);
        line.Write("<!-- On "u8);
        _inWords.Write(ref line, record.Time);
        line.WriteByte((byte)' ');
        EscapedText.Write<XmlCommentEscape>(ref line, record.Actor.Login);
        if (table >= 0) WriteChange(ref line, record, record.Fields[table].Value);
        else WriteSentence(ref line, record);
        line.Write(" --> "u8);
        WriteElement(ref line, record, table >= 0 ? record.Fields[table].Value : record.Function.Name);
        line.WriteByte((byte)'\n');
        line.Flush();
    }

    private static void WriteSentence(ref Utf8Output line, in AuditRecordView record)
    {
        line.Write(": "u8);
        FunctionWording.Of(record.Function).WriteSentence<XmlCommentEscape>(ref line, record);
    }

    // test5 updated USR_ACC( ACC_ID). ACC_ID: '100' FIRST_NAME: 'John Doe' changed to: 'John test'
    private static void WriteChange(ref Utf8Output line, in AuditRecordView record, string table)
    {
        int sidu = record.IndexOf(DiffColumns.Sidu);
        line.Write(Verb(sidu < 0 ? "" : record.Fields[sidu].Value));
        EscapedText.Write<XmlCommentEscape>(ref line, table);
        bool hasKeys = false;
        for (var columns = new DiffColumns(record.Fields); columns.MoveNext();)
        {
            if (!columns.IsKey) continue;
            line.Write(hasKeys ? ", "u8 : "( "u8);
            hasKeys = true;
            EscapedText.Write<XmlCommentEscape>(ref line, columns.Name);
        }
        line.Write(hasKeys ? ")."u8 : "."u8);
        for (var columns = new DiffColumns(record.Fields); columns.MoveNext();)
        {
            line.WriteByte((byte)' ');
            EscapedText.Write<XmlCommentEscape>(ref line, columns.Name);
            line.Write(": "u8);
            WriteQuoted(ref line, record, Math.Max(columns.Value, columns.Old));
            if (columns is { Old: >= 0, New: >= 0 }) line.Write(" changed to: "u8);
            WriteQuoted(ref line, record, columns.New);
        }
    }

    private static ReadOnlySpan<byte> Verb(string sidu) => sidu switch
    {
        "S" => " selected "u8,
        "I" => " inserted "u8,
        "U" => " updated "u8,
        "D" => " deleted "u8,
        _ => " touched "u8,
    };

    private static void WriteQuoted(ref Utf8Output line, in AuditRecordView record, int at)
    {
        if (at < 0) return;
        line.WriteByte((byte)'\'');
        EscapedText.WriteValue<XmlCommentEscape>(ref line, in record.Fields[at]);
        line.WriteByte((byte)'\'');
    }

    private void WriteElement(ref Utf8Output line, in AuditRecordView record, string name)
    {
        line.WriteByte((byte)'<');
        WriteName(ref line, name);
        line.Write(" TIMESTAMP=\""u8);
        _stamp.Write(ref line, record.Time);
        line.Write("\" USER=\""u8);
        EscapedText.Write<XmlAttributeEscape>(ref line, record.Actor.Login);
        line.Write("\"> "u8);
        for (var columns = new DiffColumns(record.Fields); columns.MoveNext();)
        {
            line.WriteByte((byte)'<');
            WriteName(ref line, columns.Name);
            WriteAttribute(ref line, columns.IsKey ? " key=\""u8 : " value=\""u8, record, columns.Value);
            WriteAttribute(ref line, " old=\""u8, record, columns.Old);
            WriteAttribute(ref line, " new=\""u8, record, columns.New);
            line.Write(" /> "u8);
        }
        line.Write("</"u8);
        WriteName(ref line, name);
        line.WriteByte((byte)'>');
    }

    // Encodes any text as a name, like XmlConvert.EncodeLocalName; XmlConvert.DecodeName reverses it.
    private static void WriteName(ref Utf8Output output, scoped ReadOnlySpan<char> name)
    {
        int from = 0;
        for (int i = 0; i < name.Length; i++)
        {
            bool isPlain = (i == 0 ? XmlConvert.IsStartNCNameChar(name[i]) : XmlConvert.IsNCNameChar(name[i])) && !IsEscape(name[i..]);
            if (isPlain) continue;
            output.WriteText(name[from..i]);
            from = i + 1;
            output.Write("_x"u8);
            ((int)name[i]).TryFormat(output.Room(8), out int written, "X4", CultureInfo.InvariantCulture);
            output.Advance(written);
            output.WriteByte((byte)'_');
        }
        output.WriteText(name[from..]);
        if (name.IsEmpty) output.WriteByte((byte)'_');
    }

    // A literal _x0020_ must not be decoded as a blank.
    private static bool IsEscape(ReadOnlySpan<char> text)
    {
        if (text.Length < NameEscapeLength || text[0] != '_' || text[1] != 'x' || text[6] != '_') return false;
        foreach (char c in text[2..6])
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }
        return true;
    }

    private static void WriteAttribute(ref Utf8Output line, ReadOnlySpan<byte> start, in AuditRecordView record, int at)
    {
        if (at < 0) return;
        line.Write(start);
        EscapedText.WriteValue<XmlAttributeEscape>(ref line, in record.Fields[at]);
        line.WriteByte((byte)'"');
    }
}

/// <summary>Escapes a text in an XML attribute. Characters that XML 1.0 cannot represent are written as in the classic format.</summary>
internal readonly struct XmlAttributeEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("<>&\"'"));

    public static char? NotPlain => null;

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        if (!XmlConvert.IsXmlChar(c))
        {
            ClassicText.WriteEscape(ref output, c);
            return 1;
        }
        output.Write("&#x"u8);
        ((int)c).TryFormat(output.Room(8), out int written, "x", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.WriteByte((byte)';');
        return 1;
    }
}

/// <summary>Escapes a text in an XML comment, where two adjacent hyphens are illegal and references have no meaning.</summary>
internal readonly struct XmlCommentEscape : ITextEscape
{
    public static SearchValues<char> Clean { get; } = SearchValues.Create(PrintableAscii.Without("-"));

    public static char? NotPlain => '-';

    public static bool MustEscape(char c) => ClassicText.IsUnprintable(c) || c >= '\ufffe';

    public static int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '-') return LineEscape.WriteEscape(ref output, text, at);
        // The last one too: the next text may start with a hyphen.
        if (at + 1 == text.Length || text[at + 1] == '-') ClassicText.WriteEscape(ref output, '-');
        else output.WriteByte((byte)'-');
        return 1;
    }
}
