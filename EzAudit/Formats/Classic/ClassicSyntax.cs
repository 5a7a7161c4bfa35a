using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Reads the classic format in place.</summary>
/// <param name="time">Converts times by the zone of the log.</param>
internal sealed class ClassicSyntax(ClassicTime time) : RecordSyntax
{
    public ClassicTime Time => time;

    public override ReadOnlySpan<byte> EscapeStart => @"\u{"u8;

    public override int FindStart(ReadOnlySpan<byte> bytes, int from, int to) => ClassicReading.FindHeader(bytes, from, to);

    public override int FindLastStart(ReadOnlySpan<byte> bytes, int from, int to) => ClassicReading.FindLastHeader(bytes, from, to);

    public override bool TryReadTime(ReadOnlySpan<byte> bytes, out long utcTicks)
    {
        bool isHeader = ClassicHeader.TryReadTime(bytes, out DateTime local);
        utcTicks = isHeader ? time.ToUtcTicks(local) : 0;
        return isHeader;
    }

    public override RecordPiece ReadPiece(ReadOnlySpan<byte> bytes, bool isFinal, out RecordView view)
    {
        view = default;
        ClassicPiece piece = ClassicReading.Find(bytes, isFinal);
        if (!piece.IsRecord) return new RecordPiece(piece.Length, piece.Problem);
        bool isHeader = ClassicView.TryRead(bytes[..piece.Length], piece, this, out view);
        return new RecordPiece(piece.Length, isHeader ? null : AuditLogProblemKind.Damage, isHeader);
    }

    public override bool MoveNext(ref RecordFields fields) => ClassicFields.MoveNext(ref fields);

    public override bool TryFindFunction(in RecordView view, out ReadOnlySpan<byte> name) => FunctionMark.TryFind(view.Text, out name);

    public override string? ReadFunction(ReadOnlySpan<byte> name) => FunctionMark.Read(name);

    public override bool IsSound(in RecordView view) => ClassicView.IsSound(view);

    public override string ReadText(ReadOnlySpan<byte> text, int lineEndLength) => ClassicText.ReadLines(text, ClassicView.LineEnd(lineEndLength));

    public override string ReadActor(ReadOnlySpan<byte> actor) => ClassicText.Read(actor);

    // An id has no colon: it starts after the last one.
    public override IEnumerable<string> ActorNeedles(string actor) =>
        actor.Contains(':', StringComparison.Ordinal) ? [$"] [{actor}"] : [$"] [{actor}:", $":{actor}]"];

    public override IEnumerable<string> FieldNeedles(string name, string? value) => [$"\n{name}: {value}"];
}
