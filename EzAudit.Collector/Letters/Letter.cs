using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EzAudit.Collector.Letters;

/// <summary>A message that could not be stored, and why.</summary>
/// <param name="Reason">What the store said, or what is wrong with the message.</param>
/// <param name="Version">The version of the message, if it has one.</param>
/// <param name="Data">The message.</param>
internal sealed record Letter(string Reason, string? Version, ReadOnlyMemory<byte> Data)
{
    private const string ReasonKey = "reason";
    private const string VersionKey = "version";
    private const string DataKey = "data";

    // Readable, not meant for a browser.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When it was put aside.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>For people: the id of a record, or the subject of a message and its number in the stream.</summary>
    public required string Name { get; init; }

    /// <summary>Appends it as one line.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteString("refused", Time.UtcDateTime);
            json.WriteString(ReasonKey, Reason);
            json.WriteString("name", Name);
            if (Version is not null) json.WriteString(VersionKey, Version);
            // The message may be anything, and a letter must give it back byte by byte.
            json.WriteBase64String(DataKey, Data.Span);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static Letter Parse(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            string? version = root.TryGetProperty(VersionKey, out JsonElement value) ? value.GetString() : null;
            return new Letter(root.GetProperty(ReasonKey).GetString() ?? "", version, root.GetProperty(DataKey).GetBytesFromBase64())
            {
                Time = root.GetProperty("refused").GetDateTimeOffset(),
                Name = root.GetProperty("name").GetString() ?? "",
            };
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The line is damaged.", damage);
        }
    }
}
