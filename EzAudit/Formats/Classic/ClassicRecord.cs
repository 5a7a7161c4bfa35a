using System.Runtime.InteropServices;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>Parses the lines of one classic record.</summary>
internal static class ClassicRecord
{
    /// <summary>Creates the record from a view.</summary>
    public static AuditRecord Make(in RecordView view)
    {
        var actor = new AuditActor(ClassicText.Read(view.Login), ClassicText.Read(view.Id));
        var fields = new List<AuditField>();
        for (RecordFields places = view.Fields; places.MoveNext();) fields.Add(new AuditField(view.ReadText(places.Name), view.ReadText(places.Value)));
        string? function = FunctionMark.TryFind(view.Text, out ReadOnlySpan<byte> name) ? FunctionMark.Read(name) : null;
        var time = new DateTimeOffset(view.UtcTicks, TimeSpan.Zero);
        return new AuditRecord(time, ClassicText.Read(view.Address), actor, CollectionsMarshal.AsSpan(fields), function);
    }
}
