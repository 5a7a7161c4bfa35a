using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EzAudit.Collector;

namespace EzAudit.Cli.Collecting;

/// <summary>The health of a collector as JSON.</summary>
internal static class HealthText
{
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AuditCollectorHealth health, AuditCollectorStatus status)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("status", health.IsHealthy ? "ok" : "unavailable");
            WritePart(json, "stream", health.StreamTrouble);
            WritePart(json, "store", health.StoreTrouble);
            if (health.Pending is { } pending) json.WriteNumber("pending", pending);
            else json.WriteNull("pending");
            if (status.LastCommit is { } time) json.WriteString("lastCommit", time.UtcDateTime);
            else json.WriteNull("lastCommit");
            json.WriteNumber("stored", status.Messages);
            json.WriteNumber("deadLetters", health.LettersWaiting);
            json.WriteString("trouble", status.Trouble);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    private static void WritePart(Utf8JsonWriter json, string name, string? trouble)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("reachable", trouble is null);
        json.WriteString("trouble", trouble);
        json.WriteEndObject();
    }
}
