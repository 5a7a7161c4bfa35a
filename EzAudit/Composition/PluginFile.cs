using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>Looks at the file of a plugin before its code runs: whoever can change it runs what they like as this process's user.</summary>
internal static class PluginFile
{
    /// <summary>Why it must not be run; <see langword="null"/> when it may.</summary>
    /// <param name="path">The file; empty where the assembly has none of its own, in an application of one file.</param>
    /// <param name="application">The application's own directory, whose owner is trusted.</param>
    public static string? TroubleOf(string path, string application)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0 || Ownership.Of(path) is not { } file) return null;
        if (file.IsWritableByAll) return $"every user can write to its file {path} ({file.Octal})";
        string directory = Path.GetDirectoryName(path)!;
        if (Ownership.Of(directory) is { IsOpenToAll: true } open) return $"every user can write to its directory {directory} ({open.Octal})";
        return file.IsTrusted || Ownership.Of(application)?.UserId == file.UserId
            ? null
            : $"its file {path} belongs to user {file.UserId}, not to user {Ownership.OwnUserId}, as whom this process runs, to root or to the owner of the application";
    }
}
