using EzAudit.Records;

namespace EzAudit.Settings;

/// <summary>A problem of one file, with the line it is about, so that lines of site.ini that are none of our business can be told apart.</summary>
/// <remarks>The line is <see langword="null"/> where the problem concerns the file.</remarks>
internal sealed record IniProblem(string? Line, AuditSettingsProblem Problem);
