using System.Net;
using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Schema;

/// <summary>The values that the frames share: everything in a record besides what its function's mapping selects.</summary>
internal static class FrameValues
{
    public static SchemaValue Login { get; } = SchemaValue.Always((ref line, in record) => SchemaValue.WriteText(ref line, record.Actor.Login));

    public static SchemaValue Id { get; } = SchemaValue.Always((ref line, in record) => SchemaValue.WriteText(ref line, record.Actor.Id));

    public static SchemaValue Address { get; } = SchemaValue.Always((ref line, in record) => SchemaValue.WriteText(ref line, record.Address));

    public static SchemaValue Ip { get; } = new((in record) => IsIp(record.Address), (ref line, in record) => SchemaValue.WriteText(ref line, record.Address));

    public static SchemaValue HostName { get; } = new((in record) => !IsIp(record.Address), (ref line, in record) => SchemaValue.WriteText(ref line, record.Address));

    public static SchemaValue Session { get; } = new((in record) => record.Session is not null, (ref line, in record) => SchemaValue.WriteText(ref line, record.Session));

    public static SchemaValue Trace { get; } = new((in record) => record.Trace is not null, (ref line, in record) => SchemaValue.WriteText(ref line, record.Trace));

    public static SchemaValue Sentence { get; } = SchemaValue.Always((ref line, in record) =>
    {
        line.WriteByte((byte)'"');
        FunctionWording.Of(record.Function).WriteSentence<StrictJsonEscape>(ref line, record);
        line.WriteByte((byte)'"');
    });

    /// <summary>All fields, so that nothing is lost: objects with name and value, in order.</summary>
    public static SchemaValue Fields { get; } = SchemaValue.Always(WriteFields);

    private static void WriteFields(ref Utf8Output line, in AuditRecordView record)
    {
        line.WriteByte((byte)'[');
        for (int i = 0; i < record.Fields.Length; i++)
        {
            line.Write(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            SchemaValue.WriteText(ref line, record.Fields[i].Name);
            line.Write(",\"value\":"u8);
            SchemaValue.WriteValue(ref line, in record.Fields[i]);
            line.WriteByte((byte)'}');
        }
        line.WriteByte((byte)']');
    }

    // .NET accepts "1" as an IPv4 address and a zone after an IPv6 address; software that searches for addresses does not.
    private static bool IsIp(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3) && !text.AsSpan().ContainsAny("%[/") && IPAddress.IsValid(text);
}
