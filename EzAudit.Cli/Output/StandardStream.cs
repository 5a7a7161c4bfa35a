using Microsoft.Win32.SafeHandles;

namespace EzAudit.Cli.Output;

/// <summary>Opens standard output and standard error without .NET's console.</summary>
/// <remarks>
/// .NET's console streams ignore a closed pipe, so a search would go on without a reader, and they send control codes to a terminal even
/// with NO_COLOR. A stream over the descriptor does neither. On a regular file, though, it would keep its own position, and the next
/// program that the shell runs would overwrite its output.
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
            // The descriptor is closed, or open for something else.
            return null;
        }
    }
}
