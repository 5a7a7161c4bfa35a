using Spectre.Console;

namespace EzAudit.Cli.Output;

/// <summary>Draws a table for people, with Spectre.Console.</summary>
internal static class RichTable
{
    public static void Print(TextTable text, Terminal terminal)
    {
        var table = new Table().RoundedBorder().BorderColor(Color.Grey);
        for (int i = 0; i < text.Heads.Count; i++)
        {
            var column = new TableColumn(new Markup($"[bold]{Markup.Escape(text.Heads[i])}[/]"));
            table.AddColumn(text.IsNumeric(i) ? column.RightAligned().NoWrap() : column.LeftAligned());
        }
        foreach (IReadOnlyList<string> row in text.Rows) table.AddRow([.. row.Select(cell => new Text(cell, StyleOf(cell)))]);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new RichOutput(terminal) });
        console.Write(table);
    }

    private static Style StyleOf(string cell) => cell.StartsWith(Bars.Block) ? new Style(Color.SteelBlue1) : Style.Plain;
}
