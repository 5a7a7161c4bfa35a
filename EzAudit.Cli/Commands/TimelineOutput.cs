using System.Globalization;
using EzAudit.Cli.Output;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Commands;

/// <summary>Writes records as a timeline: a line for each day, followed by who did what, when and from where.</summary>
internal sealed class TimelineOutput(Terminal terminal, DateTimeZone zone, string name, string value) : IRecordOutput
{
    private DateTime _day = DateTime.MinValue;
    private int _count;

    public void Write(AuditFoundRecord found)
    {
        DateTime local = TimeForms.In(found.Time, zone);
        if (_count++ == 0) terminal.WriteLine(VisibleText.Of($"{name}: {value}"));
        if (local.Date != _day) terminal.WriteLine("\n" + local.ToString("dddd, yyyy-MM-dd", CultureInfo.InvariantCulture));
        _day = local.Date;
        AuditRecord record = found.Record;
        string who = $"{record.Actor.Login}:{record.Actor.Id} from {record.Address}";
        terminal.WriteLine(VisibleText.Of($"  {local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {found.Function ?? Path.GetFileName(found.File.Path)}  by {who}"));
        bool isSubject = true;
        foreach (AuditField field in record.Fields)
        {
            // The field that all records share is in the heading.
            if (isSubject && field.Name == name && field.Value == value) isSubject = false;
            else terminal.WriteLine($"            {VisibleText.Of($"{field.Name}: {field.Value}")}");
        }
    }

    public void Finish()
    {
        if (_count > 0) terminal.WriteLine($"\n{_count} record{(_count == 1 ? "" : "s")}, times in {zone.Id}");
    }
}
