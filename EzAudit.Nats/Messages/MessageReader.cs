using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Nats.Messages;

/// <summary>Reads what <see cref="MessageWriter"/> writes. Properties that it does not know are skipped. Thread-safe.</summary>
internal sealed class MessageReader
{
    private readonly ConcurrentDictionary<(string, AuditSeverity, AuditOutcome, string?), AuditFunction> _functions = new();

    /// <param name="payload">The payload of a message.</param>
    /// <param name="version">What its header says.</param>
    /// <exception cref="FormatException">It is not such a message; the exception says why.</exception>
    public ReadMessage Read(ReadOnlyMemory<byte> payload, string? version)
    {
        if (version != MessageFormat.Version) throw new FormatException(ReasonOf(version));
        try
        {
            MessageParts parts = ReadParts(payload.Span);
            if (!AuditRecordId.TryParse(parts.Id, out AuditRecordId id)) throw new FormatException($"The id \"{parts.Id}\" is not one of EzAudit.");
            if (parts.Function is null || parts.Time is null) throw new FormatException("The payload lacks \"function\" or \"time\".");
            if (parts.Checkpoint is { } line) return new ReadMessage(id, parts.Time.Value, null, line);
            var record = new AuditRecord(
                parts.Time.Value, parts.Address, new AuditActor(parts.Login, parts.Actor), parts.Fields.ToArray(), parts.Function, parts.Session, parts.Trace);
            return new ReadMessage(id, record.Time, new AuditEnvelope(id, record, FunctionOf(parts), parts.Bytes, parts.Place), null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The payload is not the JSON of a record: {failure.Message}", failure);
        }
    }

    private static string ReasonOf(string? version) => version is null
        ? $"The message has no header {MessageFormat.VersionHeader}: EzAudit did not write it."
        : $"The message has version {version}, expected {MessageFormat.Version}: a newer EzAudit wrote it. Update this one.";

    private static MessageParts ReadParts(ReadOnlySpan<byte> payload)
    {
        var parts = new MessageParts();
        var reader = new Utf8JsonReader(payload);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(MessageFormat.Fields)) ReadFields(ref reader, parts.Fields);
            else if (reader.ValueTextEquals(MessageFormat.Place)) parts.Place = ReadPlace(ref reader);
            else ReadPart(ref reader, parts);
        }
        // Also finds what follows the object.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new FormatException("The payload is not one JSON object.");
        return parts;
    }

    private static void ReadPart(ref Utf8JsonReader reader, MessageParts parts)
    {
        string name = Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }
        string value = Text(ref reader);
        switch (name)
        {
            case "id": parts.Id = value; break;
            case "time": parts.Time = DateTimeOffset.ParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); break;
            case "function": parts.Function = value; break;
            case "severity": parts.Severity = Enum.Parse<AuditSeverity>(value, ignoreCase: true); break;
            case "outcome": parts.Outcome = Enum.Parse<AuditOutcome>(value, ignoreCase: true); break;
            case "category": parts.Category = value; break;
            case "address": parts.Address = value; break;
            case "login": parts.Login = value; break;
            case "actor": parts.Actor = value; break;
            case "session": parts.Session = value; break;
            case "trace": parts.Trace = value; break;
            case "bytes": parts.Bytes = Encoding.UTF8.GetBytes(value); break;
            case "base64": parts.Bytes = Convert.FromBase64String(value); break;
            case "checkpoint": parts.Checkpoint = value; break;
        }
    }

    private static void ReadFields(ref Utf8JsonReader reader, List<AuditField> fields)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Expect(ref reader, JsonTokenType.PropertyName);
            string name = Text(ref reader);
            Expect(ref reader, JsonTokenType.String);
            fields.Add(new AuditField(name, Text(ref reader)));
            Expect(ref reader, JsonTokenType.EndObject);
        }
        if (reader.TokenType != JsonTokenType.EndArray) throw new FormatException("\"fields\" is not a list of fields.");
    }

    private static AuditLedgerPlace ReadPlace(ref Utf8JsonReader reader)
    {
        (string? ledger, long file, long offset) = (null, -1, -1);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isLedger = reader.ValueTextEquals(MessageFormat.Ledger);
            bool isFile = reader.ValueTextEquals(MessageFormat.File);
            bool isOffset = reader.ValueTextEquals(MessageFormat.Offset);
            reader.Read();
            if (isLedger) ledger = Text(ref reader);
            else if (isFile) file = reader.GetInt64();
            else if (isOffset) offset = reader.GetInt64();
            else reader.Skip();
        }
        return ledger is not null && file >= 0 && offset >= 0
            ? new AuditLedgerPlace(ledger, file, offset)
            : throw new FormatException("\"place\" is not the place of a record in a ledger.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw new FormatException($"The payload is not the JSON of a record: found {reader.TokenType}, expected {type}.");
    }

    private static string Text(ref Utf8JsonReader reader) => MessageText.Read(reader.ValueSpan);

    private AuditFunction FunctionOf(MessageParts parts)
    {
        if (parts.Outcome is not { } outcome) return new AuditFunction { Name = parts.Function! };
        // A list of its own tells the definition from a bare name, also if all else is the default.
        return _functions.GetOrAdd(
            (parts.Function!, parts.Severity, outcome, parts.Category),
            static key => new AuditFunction { Name = key.Item1, Severity = key.Item2, Outcome = key.Item3, Category = key.Item4, Fields = new List<string>() });
    }

    private sealed class MessageParts
    {
        public string? Id { get; set; }

        public DateTimeOffset? Time { get; set; }

        public string? Function { get; set; }

        public AuditSeverity Severity { get; set; } = AuditSeverity.Info;

        public AuditOutcome? Outcome { get; set; }

        public string? Category { get; set; }

        public string Address { get; set; } = "";

        public string Login { get; set; } = "";

        public string Actor { get; set; } = "";

        public string? Session { get; set; }

        public string? Trace { get; set; }

        public List<AuditField> Fields { get; } = [];

        public byte[] Bytes { get; set; } = [];

        public AuditLedgerPlace? Place { get; set; }

        public string? Checkpoint { get; set; }
    }
}

/// <summary>A message as it was read: a record, or a checkpoint of the ledger.</summary>
internal sealed record ReadMessage(AuditRecordId Id, DateTimeOffset Time, AuditEnvelope? Record, string? Checkpoint);
