using System.Globalization;
using System.Net;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>A value of an object: whether a record has it, and how it is written as JSON.</summary>
internal sealed record SchemaValue(RecordCondition IsPresent, RecordPart Write)
{
    public static SchemaValue Login { get; } = Always((ref line, in record) => WriteText(ref line, record.Actor.Login));

    public static SchemaValue Id { get; } = Always((ref line, in record) => WriteText(ref line, record.Actor.Id));

    public static SchemaValue Address { get; } = Always((ref line, in record) => WriteText(ref line, record.Address));

    public static SchemaValue Ip { get; } = new((in record) => IsIp(record.Address), (ref line, in record) => WriteText(ref line, record.Address));

    public static SchemaValue HostName { get; } = new((in record) => !IsIp(record.Address), (ref line, in record) => WriteText(ref line, record.Address));

    public static SchemaValue Session { get; } = new((in record) => record.Session is not null, (ref line, in record) => WriteText(ref line, record.Session));

    public static SchemaValue Trace { get; } = new((in record) => record.Trace is not null, (ref line, in record) => WriteText(ref line, record.Trace));

    public static SchemaValue Sentence { get; } = Always((ref line, in record) =>
    {
        line.WriteByte((byte)'"');
        FunctionWording.Of(record.Function).WriteSentence<StrictJsonEscape>(ref line, record);
        line.WriteByte((byte)'"');
    });

    /// <summary>All fields, so that nothing is lost: objects with name and value, in order.</summary>
    public static SchemaValue Fields { get; } = Always(WriteFields);

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

    private static void WriteFields(ref Utf8Output line, in AuditRecordView record)
    {
        line.WriteByte((byte)'[');
        for (int i = 0; i < record.Fields.Length; i++)
        {
            line.Write(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            WriteText(ref line, record.Fields[i].Name);
            line.Write(",\"value\":"u8);
            WriteValue(ref line, in record.Fields[i]);
            line.WriteByte((byte)'}');
        }
        line.WriteByte((byte)']');
    }

    // .NET accepts "1" as an IPv4 address and a zone after an IPv6 address; software that searches for addresses does not.
    private static bool IsIp(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3) && !text.AsSpan().ContainsAny("%[/") && IPAddress.IsValid(text);
}

/// <summary>Whether a record has a value.</summary>
internal delegate bool RecordCondition(in AuditRecordView record);
