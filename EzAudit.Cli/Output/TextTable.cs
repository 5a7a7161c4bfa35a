namespace EzAudit.Cli.Output;

/// <summary>A small table: coloured and ruled on a colour terminal, otherwise aligned columns that grep and awk can read.</summary>
/// <param name="heads">The column headings; a column whose heading starts with <c>#</c> holds numbers and is right-aligned.</param>
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
        // In a class of its own, so that Spectre.Console is loaded only when needed.
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
