using Microsoft.Win32.SafeHandles;

namespace EzAudit.Cli.Output;

/// <summary>Opens standard output and standard error as they are.</summary>
/// <remarks>
/// .NET's console streams say nothing of a closed pipe, so that a search would go on for nobody, and greet a terminal with control
/// codes that no NO_COLOR keeps away. A stream over the descriptor does neither; but of a file it would keep a position of its own, and what
/// the shell writes next would land upon it.
/// </remarks>
internal static class StandardStream
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    public static Stream OpenOutput() => Open(OutputDescriptor) ?? Console.OpenStandardOutput();

    public static Stream OpenError() => Open(ErrorDescriptor) ?? Console.OpenStandardError();

    private static FileStream? Open(int descriptor)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            var direct = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, 0);
            return direct.CanSeek ? null : direct;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Closed, or opened for something else.
            return null;
        }
    }
}
