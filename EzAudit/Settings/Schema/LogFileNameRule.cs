using System.Buffers;
using System.Globalization;
using System.Text;

namespace EzAudit.Settings.Schema;

/// <summary>The rule for names of log files: a relative path that stays below LogDir on every system.</summary>
internal static class LogFileNameRule
{
    // Leaves room for the suffixes of rotation and ledger within the 255 bytes of most file systems.
    private const int MaxBytes = 200;

    private const string OwnDirectory = ".ezaudit";

    private static readonly SearchValues<char> ReservedByWindows = SearchValues.Create(":<>\"|?*");
    private static readonly string[] DeviceNames = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>What a name must be; <see langword="null"/> if it is valid.</summary>
    public static string? Check(string name) => Check(name, OperatingSystem.IsWindows());

    public static string? Check(string name, bool isWindows)
    {
        if (name.Length == 0) return "a file name; to stop a function, remove the line or clear the array first";
        if (name.Any(IsUnwritable)) return "a file name without control characters";
        if (name.Contains('\\', StringComparison.Ordinal)) return "a file name with \"/\" instead of \"\\\"";
        if (name.Contains('~', StringComparison.Ordinal)) return "a file name without \"~\"";
        if (name[0] == '/') return "a file name below LogDir, without \"/\" at the start";

        string[] segments = name.Split('/');
        if (segments.Contains("..")) return "a file name below LogDir, without \"..\"";
        if (segments.Any(segment => segment is "" or ".")) return "a file name, its directories separated by one \"/\" each";
        if (segments.Any(segment => Encoding.UTF8.GetByteCount(segment) > MaxBytes)) return $"a file name of at most {MaxBytes} bytes";
        if (segments.Any(segment => segment.StartsWith(OwnDirectory, StringComparison.OrdinalIgnoreCase)))
            return $"a file name without \"{OwnDirectory}\", where EzAudit keeps its own files";
        return isWindows ? CheckForWindows(segments) : null;
    }

    private static string? CheckForWindows(string[] segments)
    {
        foreach (string segment in segments)
        {
            if (segment.AsSpan().ContainsAny(ReservedByWindows)) return "a file name without : < > \" | ? *";
            if (segment[^1] is '.' or ' ') return "a file name without a dot or a blank at the end";
            if (IsDevice(segment)) return "a file name that is not a Windows device";
        }
        return null;
    }

    // A device name remains one with any extension: nul.log is NUL.
    private static bool IsDevice(string segment)
    {
        string stem = segment.Split('.')[0].TrimEnd().ToUpperInvariant();
        if (DeviceNames.Contains(stem)) return true;
        return stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
            && (stem[3] is >= '0' and <= '9' or '¹' or '²' or '³');
    }

    private static bool IsUnwritable(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

/// <summary>The rule for names that become one directory of a path: siteaccesses and extensions.</summary>
internal static class PathName
{
    public const string Expected = "the name of a directory, without \"/\", \"\\\" and \"..\"";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 128 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', ':') && !name.Any(char.IsControl);
}

/// <summary>The rule for plugins: the name of an assembly beside the application, not a path.</summary>
internal static class PluginName
{
    public const string Expected = "the name of an assembly beside the application, such as EzAudit.Plugins, without path and \".dll\"";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 200
        && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-')
        && name[0] != '.'
        && !name.EndsWith('.')
        && !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
