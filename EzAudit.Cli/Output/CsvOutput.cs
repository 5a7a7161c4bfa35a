using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Output;

/// <summary>Writes records as CSV: a column for each part that every record has, one for each requested field, and one for all fields.</summary>
internal sealed class CsvOutput : IRecordOutput
{
    private readonly Terminal _terminal;
    private readonly DateTimeZone _zone;
    private readonly IReadOnlyList<string> _fields;
    private readonly bool _showsFiles;

    public CsvOutput(Terminal terminal, DateTimeZone zone, IReadOnlyList<string> fields, bool showsFiles)
    {
        _terminal = terminal;
        _zone = zone;
        _fields = fields;
        _showsFiles = showsFiles;
        IEnumerable<string> heads = ["time", "function", "login", "id", "address", .. fields, "fields"];
        CsvText.Write(_terminal, showsFiles ? [.. heads, "file", "offset"] : heads);
    }

    public void Write(AuditFoundRecord found)
    {
        AuditRecord record = found.Record;
        IEnumerable<string> cells =
        [
            TimeForms.LocalWithOffset(record.Time, _zone), found.Function ?? "", record.Actor.Login, record.Actor.Id, record.Address,
            .. _fields.Select(name => record[name] ?? ""),
            string.Join('\n', record.Fields),
        ];
        if (_showsFiles) cells = [.. cells, found.File.Path, found.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        CsvText.Write(_terminal, cells);
    }
}
