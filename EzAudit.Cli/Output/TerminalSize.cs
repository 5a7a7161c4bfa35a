using System.Runtime.InteropServices;

namespace EzAudit.Cli.Output;

/// <summary>Finds out how wide the terminal is.</summary>
/// <remarks>
/// .NET's <c>Console.WindowWidth</c> returns it too, but also switches the terminal to another mode (<c>ESC [ ? 1 h ESC =</c>, seen with script(1)),
/// even with NO_COLOR or for a table without colours.
/// </remarks>
internal static partial class TerminalSize
{
    private const string Library = "libc";
    private const int OutputDescriptor = 1;

    // TIOCGWINSZ on Linux, the same on all processors that .NET supports.
    private const nuint GetWindowSize = 0x5413;

    /// <summary>The width in characters; 0 if unknown.</summary>
    public static int Width
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return Console.WindowWidth;
            return Ask(OutputDescriptor, GetWindowSize, out WindowSize size) == 0 ? size.Columns : 0;
        }
    }

    [LibraryImport(Library, EntryPoint = "ioctl")]
    private static partial int Ask(int descriptor, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowSize(ushort Rows, ushort Columns, ushort WidthPixels, ushort HeightPixels);
}
