using EzAudit.Extensibility;
using EzAudit.Settings.Ini;

namespace EzAudit.Recovery;

/// <summary>A fallback file and the log file that it replaces, with the same name and format.</summary>
/// <param name="Name">The name of both files in their directories.</param>
/// <param name="Directory">The directory of the fallback file, absolute.</param>
/// <param name="LogDirectory">The directory of the log file, absolute.</param>
/// <param name="FormatName">The name of the format.</param>
/// <param name="Format">The format.</param>
/// <param name="Place">The line that names the file.</param>
internal sealed record FallbackRoute(string Name, string Directory, string LogDirectory, string FormatName, IAuditFormat Format, SettingsPlace Place)
{
    public string Path => System.IO.Path.Combine(Directory, Name);

    public string LogPath => System.IO.Path.Combine(LogDirectory, Name);
}
