using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Parses one JSON line. Unknown members are ignored: a later version may write more.</summary>
internal static class JsonRecord
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>The record; <see langword="null"/> if the line is not one.</summary>
    /// <param name="line">The line without its line end.</param>
    /// <param name="isSound">Whether a writer can have produced all of it.</param>
    public static AuditRecord? Parse(ReadOnlySpan<byte> line, out bool isSound)
    {
        isSound = Utf8.IsValid(line);
        try
        {
            var reader = new Utf8JsonReader(line);
            var names = new MemberNames();
            AuditRecord? record = reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ReadObject(ref reader, names) : null;
            isSound &= !names.HasRepeated;
            // Throws if anything follows the object.
            return reader.Read() ? null : record;
        }
        catch (JsonException)
        {
            // The parser has no other way to report invalid JSON.
            return null;
        }
    }

    private static AuditRecord? ReadObject(ref Utf8JsonReader reader, MemberNames names)
    {
        string? time = null, function = null, address = null, session = null, trace = null;
        AuditActor? actor = null;
        List<AuditField>? fields = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(in reader);
            names.Add("", name);
            reader.Read();
            switch (name)
            {
                case "time": time = TextOrSkip(ref reader); break;
                case "function": function = TextOrSkip(ref reader); break;
                case "address": address = TextOrSkip(ref reader); break;
                case "session": session = TextOrSkip(ref reader); break;
                case "trace": trace = TextOrSkip(ref reader); break;
                case "actor": actor = ReadActor(ref reader, names); break;
                case "fields": fields = ReadFields(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        bool isWhole = address is not null && actor is not null && fields is not null;
        if (!isWhole || !DateTimeOffset.TryParseExact(time, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) return null;
        return new AuditRecord(at, address!, actor!, CollectionsMarshal.AsSpan(fields), function, session, trace);
    }

    private static AuditActor? ReadActor(ref Utf8JsonReader reader, MemberNames names)
    {
        string? login = null, id = null;
        if (reader.TokenType != JsonTokenType.StartObject) return Skip<AuditActor>(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(in reader);
            names.Add("actor", name);
            reader.Read();
            if (name == "login") login = TextOrSkip(ref reader);
            else if (name == "id") id = TextOrSkip(ref reader);
            else reader.Skip();
        }
        return login is null || id is null ? null : new AuditActor(login, id);
    }

    private static List<AuditField>? ReadFields(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return Skip<List<AuditField>>(ref reader);
        var fields = new List<AuditField>();
        bool isSound = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray && ReadPair(ref reader) is { } field) fields.Add(field);
            else isSound = false;
            // Skips the rest of the item.
            reader.Skip();
        }
        return isSound ? fields : null;
    }

    // Reads up to the end of the pair's array; anything but two texts is invalid.
    private static AuditField? ReadPair(ref Utf8JsonReader reader)
    {
        var texts = new List<string>(2);
        bool isSound = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (TextOrSkip(ref reader) is { } text) texts.Add(text);
            else isSound = false;
        }
        return isSound && texts.Count == 2 ? new AuditField(texts[0], texts[1]) : null;
    }

    private static T? Skip<T>(ref Utf8JsonReader reader) where T : class
    {
        reader.Skip();
        return null;
    }

    private static string? TextOrSkip(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? Text(in reader) : Skip<string>(ref reader);

    private static string Text(in Utf8JsonReader reader) => JsonText.Read(reader.ValueSpan);
}

/// <summary>The member names of one JSON record. No writer repeats one, and parsers disagree on which of two wins.</summary>
internal sealed class MemberNames
{
    // A record has at most nine: a set would be slower.
    private readonly List<(string Object, string Name)> _names = [];

    public bool HasRepeated { get; private set; }

    public void Add(string parent, string name)
    {
        if (_names.Count > MaxCompared) return;
        HasRepeated |= _names.Contains((parent, name));
        _names.Add((parent, name));
    }

    private const int MaxCompared = 64;
}
