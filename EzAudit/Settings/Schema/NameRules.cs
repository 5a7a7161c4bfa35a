using System.Buffers;
using System.Globalization;
using System.Text;

namespace EzAudit.Settings.Schema;

/// <summary>The rules for names in settings. Each check returns what the name must be, or <see langword="null"/> if it is valid.</summary>
internal static class NameRules
{
    // Leaves room for the suffixes of rotated files and locks within the 255 bytes of most file systems.
    private const int MaxBytes = 200;

    private const string OwnDirectory = ".ezaudit";

    private static readonly SearchValues<char> ReservedByWindows = SearchValues.Create(":<>\"|?*");
    private static readonly string[] DeviceNames = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Checks the name of a log file: a relative path that stays below LogDir on every system.</summary>
    public static string? CheckLogFile(string name) => CheckLogFile(name, OperatingSystem.IsWindows());

    public static string? CheckLogFile(string name, bool isWindows)
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

    /// <summary>Checks VarDir, a path relative to the root or absolute.</summary>
    public static string? CheckVarDir(string path) =>
        path.Length == 0 ? "a directory such as \"var\", or \".\" for the root" : CheckLogDir(path);

    /// <summary>Checks LogDir, a path relative to VarDir.</summary>
    public static string? CheckLogDir(string path)
    {
        if (path.Any(char.IsControl)) return "a directory without control characters";
        // eZ Publish creates one directory but opens files in another.
        if (path.Contains('\\', StringComparison.Ordinal)) return "a directory with \"/\" instead of \"\\\"";
        return null;
    }

    /// <summary>Checks a name that becomes one directory of a path: a siteaccess or an extension.</summary>
    public static string? CheckDirectory(string name)
    {
        bool isValid = name.Length is > 0 and <= 128 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', ':') && !name.Any(char.IsControl);
        return isValid ? null : "the name of a directory, without \"/\", \"\\\" and \"..\"";
    }

    /// <summary>Checks the name of a plugin: an assembly beside the application, not a path.</summary>
    public static string? CheckPlugin(string name)
    {
        bool isValid = name.Length is > 0 and <= 200
            && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-')
            && name[0] != '.'
            && !name.EndsWith('.')
            && !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return isValid ? null : "the name of an assembly beside the application, such as EzAudit.Plugins, without path and \".dll\"";
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
