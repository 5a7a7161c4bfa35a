using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>What one settings file says, line by line, not yet merged with others.</summary>
/// <remarks>The name is relative to the root, or the name of the configuration layer; the sections are its headers, repeated ones again.</remarks>
internal sealed record IniFile(
    string Name,
    IReadOnlyList<Located<string>> Sections,
    IReadOnlyList<IniOperation> Operations,
    IReadOnlyList<IniProblem> Problems);

/// <summary>A problem of one file, with the line it is about, so that lines of site.ini that are none of our business can be told apart.</summary>
/// <remarks>The line is <see langword="null"/> where the problem concerns the file.</remarks>
internal sealed record IniProblem(string? Line, AuditSettingsProblem Problem);
