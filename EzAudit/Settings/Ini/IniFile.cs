using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>The content of one settings file, line by line, before it is merged with others.</summary>
/// <remarks>The name is relative to the root, or that of the configuration layer; the sections are its headers, including repeated ones.</remarks>
internal sealed record IniFile(
    string Name,
    IReadOnlyList<Located<string>> Sections,
    IReadOnlyList<IniOperation> Operations,
    IReadOnlyList<IniProblem> Problems);

/// <summary>A problem of one file with the line that causes it, so that lines of site.ini that do not concern EzAudit can be recognized.</summary>
/// <remarks>The line is <see langword="null"/> if the problem concerns the whole file.</remarks>
internal sealed record IniProblem(string? Line, AuditSettingsProblem Problem);
