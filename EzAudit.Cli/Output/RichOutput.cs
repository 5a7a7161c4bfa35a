using System.Text;
using Spectre.Console;

namespace EzAudit.Cli.Output;

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
