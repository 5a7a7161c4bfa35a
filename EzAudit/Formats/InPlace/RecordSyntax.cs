using EzAudit.Records;

namespace EzAudit.Formats.InPlace;

/// <summary>How a format lays out records, asked of the bytes of a file: where records begin, what their parts are, and what their texts mean.</summary>
/// <remarks>
/// The start of a record begins a piece whatever precedes it, so a file can be divided anywhere and a piece can be found from its middle. Texts are
/// passed on as they are written, with escapes. Thread-safe.
/// </remarks>
internal abstract class RecordSyntax
{
    /// <summary>How many bytes before the start of a record decide whether it is one.</summary>
    public const int BytesBefore = 2;

    /// <summary>The bytes with which every escape begins. Without them, a text is its UTF-8.</summary>
    public abstract ReadOnlySpan<byte> EscapeStart { get; }

    public bool HasEscape(ReadOnlySpan<byte> text) => text.Contains((byte)'\\') && text.IndexOf(EscapeStart) >= 0;

    /// <summary>The first start of a record in [from, to); -1 if there is none.</summary>
    public abstract int FindStart(ReadOnlySpan<byte> bytes, int from, int to);

    /// <summary>The last start of a record in [from, to); -1 if there is none.</summary>
    public abstract int FindLastStart(ReadOnlySpan<byte> bytes, int from, int to);

    /// <summary>Reads the time of the record that starts with some bytes.</summary>
    public abstract bool TryReadTime(ReadOnlySpan<byte> bytes, out long utcTicks);

    /// <summary>Reads the piece at the start of some bytes; the view is valid if the piece is a record.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isFinal">Whether the file ends with them.</param>
    /// <param name="view">The record.</param>
    public abstract RecordPiece ReadPiece(ReadOnlySpan<byte> bytes, bool isFinal, out RecordView view);

    /// <summary>Advances to the next field of a record that has one.</summary>
    public abstract bool MoveNext(ref RecordFields fields);

    /// <summary>Finds the function that a record names.</summary>
    public abstract bool TryFindFunction(in RecordView view, out ReadOnlySpan<byte> name);

    /// <summary>Decodes the function that a record names; <see langword="null"/> if no writer can have written that name.</summary>
    public abstract string? ReadFunction(ReadOnlySpan<byte> name);

    /// <summary>Whether a record consists only of what a writer produces.</summary>
    public abstract bool IsSound(in RecordView view);

    /// <summary>Decodes a text.</summary>
    public abstract string ReadText(ReadOnlySpan<byte> text, int lineEndLength);

    /// <summary>Decodes <see cref="RecordView.Actor"/> as <c>login:id</c>.</summary>
    public abstract string ReadActor(ReadOnlySpan<byte> actor);

    /// <summary>Texts of which one occurs in every record of an actor that has no escapes.</summary>
    public abstract IEnumerable<string> ActorNeedles(string actor);

    /// <summary>
    /// The bytes that take the place of an erased record: a record of the same length, time and function, whose texts are gone. Erasing it again changes nothing.
    /// </summary>
    /// <param name="record">The bytes of a record with its end.</param>
    /// <returns><see langword="null"/> if they are not exactly one record.</returns>
    public abstract byte[]? Erase(ReadOnlySpan<byte> record);

    /// <summary>Texts that all occur in every record that has no escapes but a field of that name, and of that value if it is known.</summary>
    public abstract IEnumerable<string> FieldNeedles(string name, string? value);
}

/// <summary>A piece of a log file: a record, a problem, or bytes without significance.</summary>
/// <param name="Length">Its length in bytes; 0 if more bytes are needed to decide.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="IsRecord">Whether it is a record, however doubtful.</param>
internal readonly record struct RecordPiece(int Length, AuditLogProblemKind? Problem = null, bool IsRecord = false);
