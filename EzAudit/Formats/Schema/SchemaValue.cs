using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>A value of an object: whether a record has it, and how it is written as JSON.</summary>
internal sealed record SchemaValue(RecordTest IsThere, RecordPart Write)
{
    /// <summary>A value that is written for every record.</summary>
    public static SchemaValue Always(RecordPart write) => new((in record) => true, write);

    public static SchemaValue Of(long number) => Constant(number.ToString(CultureInfo.InvariantCulture));

    public static SchemaValue Of(string text) => Always((ref line, in record) => WriteText(ref line, text));

    public static SchemaValue Of(AuditMappedValue value)
    {
        if (value.Number is { } number) return Of(number);
        if (value.Text is { } text) return Of(text);
        return OfField(value.Field ?? "", value.IsNumber);
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteText(ref Utf8Output line, scoped ReadOnlySpan<char> text)
    {
        line.WriteByte((byte)'"');
        EscapedText.Write<StrictJsonEscape>(ref line, text);
        line.WriteByte((byte)'"');
    }

    /// <summary>Writes the value of a field as a JSON string.</summary>
    public static void WriteValue(ref Utf8Output line, in AuditField field)
    {
        line.WriteByte((byte)'"');
        EscapedText.WriteValue<StrictJsonEscape>(ref line, in field);
        line.WriteByte((byte)'"');
    }

    private static SchemaValue Constant(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return Always((ref line, in record) => line.Write(bytes));
    }

    private static SchemaValue OfField(string name, bool isNumber) => isNumber
        ? new(
            (in record) => record.IndexOf(name) is >= 0 and int at && record.Fields[at].Kind == AuditFieldKind.Integer,
            (ref line, in record) => line.Write(record.Fields[record.IndexOf(name)].Integer))
        : new(
            (in record) => record.IndexOf(name) >= 0,
            (ref line, in record) => WriteValue(ref line, in record.Fields[record.IndexOf(name)]));
}

/// <summary>Whether a record has a value.</summary>
internal delegate bool RecordTest(in AuditRecordView record);
