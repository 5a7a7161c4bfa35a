using System.Runtime.InteropServices;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Reads the classic format in place.</summary>
/// <param name="time">Converts times by the zone of the log.</param>
internal sealed class ClassicSyntax(ClassicTime time) : RecordSyntax
{
    /// <summary>Begins the last line of a record whose file holds several functions: <c>Audit function: user-logout</c>.</summary>
    public static ReadOnlySpan<byte> FunctionStart => "Audit function: "u8;

    public override ReadOnlySpan<byte> EscapeStart => @"\u{"u8;

    /// <summary>Reads the piece at the start of some bytes, a record with all of its texts.</summary>
    public AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        RecordPiece piece = ReadPiece(bytes, isFinal, out RecordView view);
        if (piece.Length == 0) return AuditReadResult.NeedsMore;
        if (piece.Problem is { } problem) return AuditReadResult.OfProblem(problem, piece.Length);
        if (!piece.IsRecord) return AuditReadResult.OfNothing(piece.Length);
        AuditRecord record = ReadRecord(view);
        return view.IsSound()
            ? AuditReadResult.OfRecord(record, piece.Length)
            : AuditReadResult.OfDoubtfulRecord(record, AuditLogProblemKind.Damage, piece.Length);
    }

    private AuditRecord ReadRecord(in RecordView view)
    {
        var actor = new AuditActor(ClassicText.Read(view.Login), ClassicText.Read(view.Id));
        var fields = new List<AuditField>();
        for (RecordFields places = view.Fields; places.MoveNext();) fields.Add(new AuditField(view.ReadText(places.Name), view.ReadText(places.Value)));
        string? function = TryFindFunction(view, out ReadOnlySpan<byte> name) ? ReadFunction(name) : null;
        var utc = new DateTimeOffset(view.UtcTicks, TimeSpan.Zero);
        return new AuditRecord(utc, ClassicText.Read(view.Address), actor, CollectionsMarshal.AsSpan(fields), function);
    }

    public override int FindStart(ReadOnlySpan<byte> bytes, int from, int to) => ClassicHeader.Find(bytes, from, to);

    public override int FindLastStart(ReadOnlySpan<byte> bytes, int from, int to) => ClassicHeader.FindLast(bytes, from, to);

    public override bool TryReadTime(ReadOnlySpan<byte> bytes, out long utcTicks)
    {
        bool isHeader = ClassicHeader.TryReadTime(bytes, out DateTime local);
        utcTicks = isHeader ? time.ToUtcTicks(local) : 0;
        return isHeader;
    }

    public override RecordPiece ReadPiece(ReadOnlySpan<byte> bytes, bool isFinal, out RecordView view)
    {
        view = default;
        ClassicPiece piece = ClassicPiece.Find(bytes, isFinal);
        if (!piece.IsRecord) return new RecordPiece(piece.Length, piece.Problem);
        bool isHeader = TryView(bytes[..piece.Length], piece, out view);
        return new RecordPiece(piece.Length, isHeader ? null : AuditLogProblemKind.Damage, isHeader);
    }

    // False if the first line is not a header.
    private bool TryView(ReadOnlySpan<byte> bytes, scoped in ClassicPiece piece, out RecordView view)
    {
        int header = piece.HeaderLength;
        if (!ClassicHeader.TrySplit(bytes[..header], out int addressEnd, out int login, out int id))
        {
            view = default;
            return false;
        }
        int end = EndLength(bytes, piece.LineEndLength);
        ReadOnlySpan<byte> lines = bytes[..^end];
        bool hasFields = header != lines.Length;
        view = new RecordView(this)
        {
            Text = lines,
            UtcTicks = time.ToUtcTicks(piece.LocalTime),
            LocalTicks = piece.LocalTime.Ticks,
            Address = bytes[ClassicHeader.StartLength..addressEnd],
            Login = bytes[login..(id - 1)],
            Id = bytes[id..(header - 1)],
            Actor = bytes[login..(header - 1)],
            HasFields = hasFields,
            FieldBytes = hasFields ? lines[(header + piece.LineEndLength)..] : default,
            LineEndLength = piece.LineEndLength,
            IsUnsound = piece.HasNul || end != piece.LineEndLength * 2,
        };
        return true;
    }

    // In a file whose lines end in CR LF, the last one before the empty line may have lost its CR.
    private static int EndLength(ReadOnlySpan<byte> bytes, int lineEndLength) =>
        lineEndLength == 1 ? 2 : bytes.EndsWith("\r\n\r\n"u8) ? 4 : 3;

    // A line that is not a field counts as a further line of the previous value, because eZ Publish writes multi-line values that way.
    public override bool MoveNext(ref RecordFields fields)
    {
        ReadOnlySpan<byte> lines = fields.Bytes;
        ReadOnlySpan<byte> lineEnd = LineEnd(fields.LineEndLength);
        int start = fields.Next;
        int separator = start == 0 ? FindSeparator(lines, lineEnd) : fields.NextNameLength;
        int end = FindEnd(ref fields, lines, lineEnd);
        fields.Name = separator < 0 ? default : lines.Slice(start, separator);
        fields.Value = lines[(separator < 0 ? start : start + separator + 2)..end];
        return true;
    }

    // Its own line, the continuation lines, and the lines that are not fields.
    private static int FindEnd(ref RecordFields fields, ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        int end = fields.Next;
        while (true)
        {
            int length = lines[end..].IndexOf(lineEnd);
            if (length < 0)
            {
                fields.Next = -1;
                return lines.Length;
            }
            end += length;
            int next = end + lineEnd.Length;
            bool continues = next < lines.Length && lines[next] == '\t';
            int separator = continues ? -1 : FindSeparator(lines[next..], lineEnd);
            if (separator >= 0)
            {
                fields.NextNameLength = separator;
                fields.Next = next;
                return end;
            }
            end = next;
        }
    }

    // The end of the name in the first line; -1 if it is not a field.
    private static int FindSeparator(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        int end = lines.IndexOf(lineEnd);
        return (end < 0 ? lines : lines[..end]).IndexOf(": "u8);
    }

    // The line follows everything that a caller passes, so no caller can forge another function's name.
    public override bool TryFindFunction(in RecordView view, out ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> last = view.Text[(view.Text.LastIndexOf((byte)'\n') + 1)..];
        bool isFound = last.Length > FunctionStart.Length && last.StartsWith(FunctionStart);
        name = isFound ? last[FunctionStart.Length..] : default;
        return isFound;
    }

    public override string? ReadFunction(ReadOnlySpan<byte> name) => ClassicText.Read(name) is var read && AuditFunctionName.IsValid(read) ? read : null;

    // What EzAudit writes, or eZ Publish with single-line texts.
    public override bool IsSound(in RecordView view) =>
        Utf8.IsValid(view.Text) && (!view.HasFields || AreFields(view.FieldBytes, LineEnd(view.LineEndLength)));

    // Every line is a field or the continuation of one.
    private static bool AreFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> lineEnd)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            int end = lineEnd.Length == 1 ? lines.IndexOf((byte)'\n') : lines.IndexOf(lineEnd);
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            bool continues = !isFirst && !line.IsEmpty && line[0] == '\t';
            if (!continues && !IsField(line)) return false;
            if (end < 0) return true;
            lines = lines[(end + lineEnd.Length)..];
        }
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0) return false;
        return (colon + 1 < line.Length && line[colon + 1] == ' ') || line[colon..].IndexOf(": "u8) >= 0;
    }

    public override string ReadText(ReadOnlySpan<byte> text, int lineEndLength) => ClassicText.ReadLines(text, LineEnd(lineEndLength));

    private static ReadOnlySpan<byte> LineEnd(int length) => length == 2 ? "\r\n"u8 : "\n"u8;

    public override string ReadActor(ReadOnlySpan<byte> actor) => ClassicText.Read(actor);

    // An id has no colon: it starts after the last one.
    public override IEnumerable<string> ActorNeedles(string actor) =>
        actor.Contains(':', StringComparison.Ordinal) ? [$"] [{actor}"] : [$"] [{actor}:", $":{actor}]"];

    public override IEnumerable<string> FieldNeedles(string name, string? value) => [$"\n{name}: {value}"];

    public override byte[]? Erase(ReadOnlySpan<byte> record)
    {
        RecordPiece piece = ReadPiece(record, isFinal: true, out RecordView view);
        if (!piece.IsRecord || piece.Length != record.Length) return null;
        bool isNamed = TryFindFunction(view, out ReadOnlySpan<byte> name) && ReadFunction(name) is not null;
        ReadOnlySpan<byte> functionLine = isNamed ? view.Text[^(FunctionStart.Length + name.Length)..] : default;
        return ErasedClassicRecord.Of(record, view.Text.Length, LineEnd(view.LineEndLength), functionLine);
    }
}
