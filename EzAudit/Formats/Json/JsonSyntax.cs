using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Json;

/// <summary>Reads the format json in place; lines of another form than <see cref="JsonFormat"/> writes are parsed in full.</summary>
internal sealed class JsonSyntax : RecordSyntax
{
    /// <summary>The start of every record.</summary>
    public const string LineStart = "{\"time\":\"";

    private JsonSyntax()
    {
    }

    public static JsonSyntax Instance { get; } = new();

    /// <summary>The bytes of <see cref="LineStart"/>.</summary>
    public static ReadOnlySpan<byte> Start => "{\"time\":\""u8;

    public override ReadOnlySpan<byte> EscapeStart => "\\"u8;

    /// <summary>Reads the piece at the start of some bytes, a record with all of its texts.</summary>
    public static AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        RecordPiece piece = FindPiece(bytes, isFinal);
        if (piece.Length == 0) return AuditReadResult.NeedsMore;
        if (piece.Problem is { } problem) return AuditReadResult.OfProblem(problem, piece.Length);
        if (!piece.IsRecord) return AuditReadResult.OfNothing(piece.Length);
        AuditRecord? record = JsonRecord.Parse(bytes[..piece.Length].TrimEnd("\r\n"u8), out bool isSound);
        if (record is null) return AuditReadResult.OfProblem(AuditLogProblemKind.Damage, piece.Length);
        return isSound
            ? AuditReadResult.OfRecord(record, piece.Length)
            : AuditReadResult.OfDoubtfulRecord(record, AuditLogProblemKind.Damage, piece.Length);
    }

    // A text cannot contain it, because its quotes are escaped.
    public override int FindStart(ReadOnlySpan<byte> bytes, int from, int to)
    {
        int at = bytes[from..End(bytes, from, to)].IndexOf(Start);
        return at < 0 ? -1 : from + at;
    }

    public override int FindLastStart(ReadOnlySpan<byte> bytes, int from, int to)
    {
        int at = bytes[from..End(bytes, from, to)].LastIndexOf(Start);
        return at < 0 ? -1 : from + at;
    }

    public override bool TryReadTime(ReadOnlySpan<byte> bytes, out long utcTicks)
    {
        utcTicks = 0;
        return bytes.StartsWith(Start) && JsonTime.TryRead(bytes[Start.Length..], out utcTicks);
    }

    public override RecordPiece ReadPiece(ReadOnlySpan<byte> bytes, bool isFinal, out RecordView view)
    {
        int end = bytes.IndexOf((byte)'\n') + 1;
        if (end > 0 && JsonView.TryRead(bytes[..end], this, out view)) return new RecordPiece(end, IsRecord: true);
        view = default;
        RecordPiece piece = FindPiece(bytes, isFinal);
        if (!piece.IsRecord) return piece;
        if (JsonRecord.Parse(bytes[..piece.Length].TrimEnd("\r\n"u8), out bool isSound) is not { } record) return new RecordPiece(piece.Length, AuditLogProblemKind.Damage);
        view = JsonView.Of(record, isSound);
        return piece;
    }

    // Always resumes at the next line or record. A whole line counts as a record: only its parser can tell.
    private static RecordPiece FindPiece(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        int end = bytes.IndexOf((byte)'\n') + 1;
        if (bytes.IsEmpty) return default;
        ReadOnlySpan<byte> line = end == 0 ? bytes : bytes[..end];
        if (end > 0 && line.TrimEnd("\r\n"u8).IsEmpty) return new RecordPiece(end);
        // A record inside the line is glued to a torn one or follows a hole: everything before it is one piece.
        int next = line[1..].IndexOf(Start) + 1;
        if (next > 0) return new RecordPiece(next, KindOf(line[..next]));
        if (end == 0 && !isFinal) return default;
        if (end == 0) return new RecordPiece(line.Length, BeginsRecord(line) ? AuditLogProblemKind.TornTail : AuditLogProblemKind.Damage);
        return line.EndsWith(EscapedText.TornLineEnd) ? new RecordPiece(end, AuditLogProblemKind.TornRecord) : new RecordPiece(end, IsRecord: true);
    }

    private static AuditLogProblemKind KindOf(ReadOnlySpan<byte> piece) =>
        BeginsRecord(piece) && !piece.Contains((byte)0) ? AuditLogProblemKind.GluedRecord : AuditLogProblemKind.Damage;

    private static bool BeginsRecord(ReadOnlySpan<byte> piece) => piece.StartsWith(Start[..Math.Min(Start.Length, piece.Length)]);

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

    public override byte[]? Erase(ReadOnlySpan<byte> record)
    {
        RecordPiece piece = ReadPiece(record, isFinal: true, out _);
        return piece.IsRecord && piece.Length == record.Length ? ErasedJsonRecord.Of(record) : null;
    }

    private static int End(ReadOnlySpan<byte> bytes, int from, int to) => Math.Max(from, Math.Min(to + Start.Length - 1, bytes.Length));
}
