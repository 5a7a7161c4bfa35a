using System.Text;
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

/// <summary>The terminal for Spectre.Console, whose own output asks .NET's console and so changes the terminal's mode (<see cref="TerminalSize"/>).</summary>
internal sealed class RichOutput(Terminal terminal) : IAnsiConsoleOutput
{
    // Nothing that is drawn depends on the height.
    private const int DefaultHeight = 25;

    public TextWriter Writer => terminal.Output;

    public bool IsTerminal => terminal.IsTerminal;

    public int Width => terminal.Width;

    public int Height => DefaultHeight;

    public void SetEncoding(Encoding encoding)
    {
        // The output is always UTF-8.
    }
}
