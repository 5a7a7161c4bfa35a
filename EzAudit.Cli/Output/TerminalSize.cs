using System.Runtime.InteropServices;

namespace EzAudit.Cli.Output;

/// <summary>Asks a terminal how wide it is.</summary>
/// <remarks>
/// .NET's <c>Console.WindowWidth</c> tells it too, but on the way puts the terminal into another mode (<c>ESC [ ? 1 h ESC =</c>, seen with script(1)), which
/// neither NO_COLOR nor a table without colours keeps away.
/// </remarks>
internal static partial class TerminalSize
{
    private const string Library = "libc";
    private const int OutputDescriptor = 1;

    // TIOCGWINSZ of Linux, on all processors that .NET runs on.
    private const nuint GetWindowSize = 0x5413;

    /// <summary>The width in characters; 0 where it is not known.</summary>
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
