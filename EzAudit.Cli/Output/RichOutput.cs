using System.Text;
using Spectre.Console;

namespace EzAudit.Cli.Output;

/// <summary>The terminal as Spectre.Console wants it. Its own asks .NET's console, which changes the mode of the terminal (<see cref="TerminalSize"/>).</summary>
internal sealed class RichOutput(Terminal terminal) : IAnsiConsoleOutput
{
    // Nothing is drawn that depends on it.
    private const int UsualHeight = 25;

    public TextWriter Writer => terminal.Output;

    public bool IsTerminal => terminal.IsForPeople;

    public int Width => terminal.Width;

    public int Height => UsualHeight;

    public void SetEncoding(Encoding encoding)
    {
        // It is UTF-8, always.
    }
}
