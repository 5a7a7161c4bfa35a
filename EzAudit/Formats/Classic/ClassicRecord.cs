using System.Runtime.InteropServices;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Parses the lines of one classic record.</summary>
internal static class ClassicRecord
{
    /// <summary>The record; <see langword="null"/> if its first line is not a header.</summary>
    /// <param name="bytes">The record with its terminator.</param>
    /// <param name="piece">The layout of the record.</param>
    /// <param name="time">Converts times by the zone of the log.</param>
    /// <param name="isSound">Whether it consists only of what EzAudit writes, or eZ Publish with single-line texts.</param>
    public static AuditRecord? Parse(ReadOnlySpan<byte> bytes, in ClassicPiece piece, ClassicTime time, out bool isSound)
    {
        isSound = false;
        if (!ClassicView.TryRead(bytes, piece, out ClassicView view)) return null;
        isSound = view.IsSound();
        return Make(view, time);
    }

    /// <summary>Creates the record from a view.</summary>
    public static AuditRecord Make(in ClassicView view, ClassicTime time)
    {
        var actor = new AuditActor(ClassicText.Read(view.Login), ClassicText.Read(view.Id));
        ReadOnlySpan<byte> lineEnd = ClassicView.LineEnd(view.LineEndLength);
        var fields = new List<AuditField>();
        for (ClassicFields places = view.Fields; places.MoveNext();)
            fields.Add(new AuditField(ClassicText.ReadLines(places.Name, lineEnd), ClassicText.ReadLines(places.Value, lineEnd)));
        string? function = FunctionMark.TryFind(view, out ReadOnlySpan<byte> name) ? FunctionMark.Read(name) : null;
        return new AuditRecord(time.ToInstant(view.LocalTime), ClassicText.Read(view.Address), actor, CollectionsMarshal.AsSpan(fields), function);
    }
}
