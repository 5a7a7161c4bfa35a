using System.Buffers;
using System.Text;
using System.Text.Json;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Converts records to the text in an outbox row and back, with their actor, origin and time.</summary>
internal static class RecordText
{
    private const string Function = "function";
    private const string Time = "time";
    private const string Address = "address";
    private const string Login = "login";
    private const string Id = "id";
    private const string Session = "session";
    private const string Trace = "trace";
    private const string Fields = "fields";

    public static string Of(IReadOnlyList<AuditRecord> records)
    {
        var output = new ArrayBufferWriter<byte>(256 * records.Count);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            foreach (AuditRecord record in records) Write(json, record);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static IReadOnlyList<AuditRecord> Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static void Write(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject();
        json.WriteString(Function, record.Function);
        json.WriteString(Time, record.Time);
        json.WriteString(Address, record.Address);
        json.WriteString(Login, record.Actor.Login);
        json.WriteString(Id, record.Actor.Id);
        if (record.Session is { } session) json.WriteString(Session, session);
        if (record.Trace is { } trace) json.WriteString(Trace, trace);
        json.WriteStartArray(Fields);
        foreach (AuditField field in record.Fields)
        {
            json.WriteStringValue(field.Name);
            json.WriteStringValue(field.Value);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static AuditRecord Read(JsonElement record)
    {
        string[] texts = [.. record.GetProperty(Fields).EnumerateArray().Select(text => text.GetString()!)];
        AuditField[] fields = [.. texts.Chunk(2).Select(pair => new AuditField(pair[0], pair[1]))];
        return new AuditRecord(
            record.GetProperty(Time).GetDateTimeOffset(),
            record.GetProperty(Address).GetString()!,
            new AuditActor(record.GetProperty(Login).GetString()!, record.GetProperty(Id).GetString()!),
            fields,
            record.GetProperty(Function).GetString(),
            Optional(record, Session),
            Optional(record, Trace));
    }

    private static string? Optional(JsonElement record, string name) => record.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
