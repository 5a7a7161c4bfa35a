using System.Runtime.InteropServices;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Turns the lines of one classic record into the record.</summary>
internal static class ClassicRecord
{
    /// <summary>The record; <see langword="null"/> when its first line is no header.</summary>
    /// <param name="bytes">The record with what ends it.</param>
    /// <param name="piece">How it lies there.</param>
    /// <param name="time">What knows the zone of the log.</param>
    /// <param name="isSound">Whether all of it is what EzAudit or eZ Publish with texts of one line writes.</param>
    public static AuditRecord? Parse(ReadOnlySpan<byte> bytes, in ClassicPiece piece, ClassicTime time, out bool isSound)
    {
        isSound = false;
        if (!ClassicView.TryRead(bytes, piece, out ClassicView view)) return null;
        isSound = view.IsSound();
        return Make(view, time);
    }

    /// <summary>The record that was read in place.</summary>
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
