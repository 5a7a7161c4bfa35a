using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Reads the format json in place; lines of another form than <see cref="JsonFormat"/> writes are parsed in full.</summary>
internal sealed class JsonSyntax : RecordSyntax
{
    private JsonSyntax()
    {
    }

    public static JsonSyntax Instance { get; } = new();

    public override ReadOnlySpan<byte> EscapeStart => "\\"u8;

    // A text cannot contain it, because its quotes are escaped.
    public override int FindStart(ReadOnlySpan<byte> bytes, int from, int to)
    {
        int at = bytes[from..End(bytes, from, to)].IndexOf(JsonReading.Start);
        return at < 0 ? -1 : from + at;
    }

    public override int FindLastStart(ReadOnlySpan<byte> bytes, int from, int to)
    {
        int at = bytes[from..End(bytes, from, to)].LastIndexOf(JsonReading.Start);
        return at < 0 ? -1 : from + at;
    }

    public override bool TryReadTime(ReadOnlySpan<byte> bytes, out long utcTicks)
    {
        utcTicks = 0;
        return bytes.StartsWith(JsonReading.Start) && JsonTime.TryRead(bytes[JsonReading.Start.Length..], out utcTicks);
    }

    public override RecordPiece ReadPiece(ReadOnlySpan<byte> bytes, bool isFinal, out RecordView view)
    {
        int end = bytes.IndexOf((byte)'\n') + 1;
        if (end > 0 && JsonView.TryRead(bytes[..end], this, out view)) return new RecordPiece(end, IsRecord: true);
        view = default;
        RecordPiece piece = JsonReading.Find(bytes, isFinal);
        if (!piece.IsRecord) return piece;
        if (JsonRecord.Parse(bytes[..piece.Length].TrimEnd("\r\n"u8), out bool isSound) is not { } record) return new RecordPiece(piece.Length, AuditLogProblemKind.Damage);
        view = JsonView.Of(record, isSound);
        return piece;
    }

    public override bool MoveNext(ref RecordFields fields)
    {
        ReadOnlySpan<byte> bytes = fields.Bytes;
        int name = fields.Next + 2;
        int nameEnd = JsonText.FindEnd(bytes, name);
        int value = nameEnd + 3;
        int valueEnd = JsonText.FindEnd(bytes, value);
        fields.Name = bytes[name..nameEnd];
        fields.Value = bytes[value..valueEnd];
        int next = valueEnd + 3;
        fields.Next = next < bytes.Length ? next : -1;
        return true;
    }

    public override bool TryFindFunction(in RecordView view, out ReadOnlySpan<byte> name)
    {
        name = view.FunctionName;
        return view.NamesFunction;
    }

    public override string? ReadFunction(ReadOnlySpan<byte> name) => JsonText.Read(name);

    // Any other form was parsed, which told whether it is sound.
    public override bool IsSound(in RecordView view) => true;

    public override string ReadText(ReadOnlySpan<byte> text, int lineEndLength) => JsonText.Read(text);

    public override string ReadActor(ReadOnlySpan<byte> actor)
    {
        int loginEnd = JsonText.FindEnd(actor, 0);
        return $"{JsonText.Read(actor[..loginEnd])}:{JsonText.Read(actor[(loginEnd + "\",\"id\":\"".Length)..])}";
    }

    // Quotes surround every text, whatever the order of the members and the blanks between them.
    public override IEnumerable<string> ActorNeedles(string actor)
    {
        yield return $"\"{actor}\"";
        for (int colon = actor.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = actor.IndexOf(':', colon + 1))
            yield return colon > actor.Length / 2 ? $"\"{actor[..colon]}\"" : $"\"{actor[(colon + 1)..]}\"";
    }

    public override IEnumerable<string> FieldNeedles(string name, string? value) => value is null ? [$"\"{name}\""] : [$"\"{name}\"", $"\"{value}\""];

    private static int End(ReadOnlySpan<byte> bytes, int from, int to) => Math.Max(from, Math.Min(to + JsonReading.Start.Length - 1, bytes.Length));
}
