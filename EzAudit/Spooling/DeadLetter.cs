using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling.Entries;

namespace EzAudit.Spooling;

/// <summary>A record that the receiver refuses for good, and why.</summary>
/// <param name="Id">Identifies the record.</param>
/// <param name="Reason">What the receiver said.</param>
/// <param name="Entry">The record as it was spooled.</param>
internal sealed record DeadLetter(AuditRecordId Id, string Reason, byte[] Entry)
{
    private const string IdKey = "id";
    private const string ReasonKey = "reason";
    private const string EntryKey = "entry";

    // Readable, not meant for a browser.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When it was refused.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>One line without a line break.</summary>
    public string ToJson()
    {
        AuditRecord record = EntryFormat.Read(Entry);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteString(IdKey, Id.ToString());
            json.WriteString("refused", Time.UtcDateTime);
            json.WriteString(ReasonKey, Whole(Reason));
            json.WriteString("function", Whole(record.Function!));
            json.WriteString("time", record.Time.UtcDateTime);
            json.WriteString("address", Whole(record.Address));
            json.WriteString("login", Whole(record.Actor.Login));
            json.WriteString("actor", Whole(record.Actor.Id));
            if (record.Session is { } session) json.WriteString("session", Whole(session));
            if (record.Trace is { } trace) json.WriteString("trace", Whole(trace));
            json.WriteStartArray("fields");
            foreach (AuditField field in record.Fields)
            {
                json.WriteStartObject();
                json.WriteString("name", Whole(field.Name));
                json.WriteString("value", Whole(field.Value));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteBase64String(EntryKey, Entry);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Reads a line; <see langword="null"/> if it is incomplete or damaged.</summary>
    public static DeadLetter? TryParse(string line)
    {
        if (line.Length == 0) return null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (!AuditRecordId.TryParse(json.RootElement.GetProperty(IdKey).GetString(), out AuditRecordId id)) return null;
            return new DeadLetter(id, json.RootElement.GetProperty(ReasonKey).GetString() ?? "", json.RootElement.GetProperty(EntryKey).GetBytesFromBase64());
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // Half a surrogate pair has no JSON; the entry has it.
    private static string Whole(string text) => text.Length == 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
