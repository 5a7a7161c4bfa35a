namespace EzAudit.Settings.Model;

/// <summary>Joins VarDir and LogDir as eZ Publish does: as text, without looking at the disk.</summary>
internal static class LogDirectory
{
    /// <summary>What a VarDir must be; <see langword="null"/> if it is valid.</summary>
    public static string? CheckVarDir(string text) =>
        text.Length == 0 ? "a directory such as \"var\", or \".\" for the root" : CheckLogDir(text);

    /// <summary>What a LogDir must be; <see langword="null"/> if it is valid.</summary>
    public static string? CheckLogDir(string text)
    {
        if (text.Any(char.IsControl)) return "a directory without control characters";
        // eZ Publish creates one directory but opens files in another.
        if (text.Contains('\\', StringComparison.Ordinal)) return "a directory with \"/\" instead of \"\\\"";
        return null;
    }

    /// <summary>The path, relative to the root unless VarDir is absolute; empty for the root itself.</summary>
    public static string Join(string varDir, string logDir)
    {
        string drive = OperatingSystem.IsWindows() && varDir is [_, ':', '/', ..] ? varDir[..2] : "";
        string path = $"{varDir[drive.Length..]}/{logDir}";
        bool isAbsolute = path[0] == '/';
        var segments = new List<string>();
        foreach (string segment in path.Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment != ".." || (!isAbsolute && segments.LastOrDefault("..") == "..")) segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
        }
        return drive + (isAbsolute ? "/" : "") + string.Join('/', segments);
    }
}
