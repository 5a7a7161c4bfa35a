using System.Globalization;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Output;

/// <summary>Writes records as a table, one per line, as they arrive; the first records determine the column widths.</summary>
internal sealed class LineTableOutput(Terminal terminal, DateTimeZone zone, bool showsFiles) : IRecordOutput
{
    private const int Sample = 200;
    private static readonly int[] MaxWidths = [19, 24, 24, 39];
    private static readonly string[] Heads = ["TIME", "FUNCTION", "ACTOR", "ADDRESS"];

    private readonly List<(string[] Cells, string Fields)> _first = [];
    private int[]? _widths;

    public void Write(AuditFoundRecord found)
    {
        AuditRecord record = found.Record;
        string[] cells =
        [
            TimeForms.Local(record.Time, zone), VisibleText.Of(found.Function ?? "-"), VisibleText.Of($"{record.Actor.Login}:{record.Actor.Id}"), VisibleText.Of(record.Address),
        ];
        string rest = VisibleText.Of(string.Join("; ", record.Fields));
        if (showsFiles) rest = $"{VisibleText.Of(found.File.Path)}:@{found.Offset.ToString(CultureInfo.InvariantCulture)}  {rest}";
        if (_widths is not null) Print(cells, rest);
        else _first.Add((cells, rest));
        if (_first.Count >= Sample) PrintFirst();
    }

    public void Finish()
    {
        if (_first.Count > 0) PrintFirst();
    }

    private void PrintFirst()
    {
        _widths = [.. MaxWidths.Select((max, i) => Math.Min(max, Math.Max(Heads[i].Length, _first.Max(row => row.Cells[i].Length))))];
        Print(Heads, showsFiles ? "FILE AND FIELDS" : "FIELDS");
        foreach ((string[] cells, string rest) in _first) Print(cells, rest);
        _first.Clear();
    }

    private void Print(string[] cells, string rest)
    {
        string line = string.Join("  ", cells.Select((cell, i) => cell.PadRight(_widths![i]))) + "  " + rest;
        terminal.WriteLine(terminal.IsTerminal ? VisibleText.Cut(line, terminal.Width) : line);
    }
}
