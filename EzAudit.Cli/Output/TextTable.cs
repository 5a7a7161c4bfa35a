namespace EzAudit.Cli.Output;

/// <summary>A small table: coloured and ruled where people look and colours are welcome, else aligned columns that grep and awk can read.</summary>
/// <param name="heads">The heads of its columns; a column whose head begins with <c>#</c> holds numbers and stands on the right.</param>
internal sealed class TextTable(params IReadOnlyList<string> heads)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public IReadOnlyList<string> Heads { get; } = [.. heads.Select(head => head.TrimStart('#'))];

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public bool IsNumeric(int column) => heads[column].StartsWith('#');

    public TextTable Add(params IEnumerable<string> cells)
    {
        _rows.Add([.. cells.Select(cell => VisibleText.Of(cell))]);
        return this;
    }

    public void PrintTo(Terminal terminal)
    {
        // Apart, so that Spectre is loaded only where it is used.
        if (terminal.HasColor) RichTable.Print(this, terminal);
        else PrintPlain(terminal);
    }

    private void PrintPlain(Terminal terminal)
    {
        int[] widths = [.. Heads.Select((head, i) => Math.Max(head.Length, _rows.Select(row => row[i].Length).DefaultIfEmpty().Max()))];
        terminal.WriteLine(Line([.. Heads.Select(head => head.ToUpperInvariant())], widths));
        foreach (IReadOnlyList<string> row in _rows) terminal.WriteLine(Line(row, widths));
    }

    private string Line(IReadOnlyList<string> cells, int[] widths) => string.Join(
        "  ", cells.Select((cell, i) => IsNumeric(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
}
