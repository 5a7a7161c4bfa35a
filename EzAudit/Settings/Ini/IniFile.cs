using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>The content of one settings file, line by line, before it is merged with others.</summary>
/// <remarks>The name is relative to the root, or that of the configuration layer; the sections are its headers, including repeated ones.</remarks>
internal sealed record IniFile(
    string Name,
    IReadOnlyList<LocatedText> Sections,
    IReadOnlyList<IniOperation> Operations,
    IReadOnlyList<IniProblem> Problems);

/// <summary>One line that sets something. To merge files, their operations are applied in order.</summary>
/// <param name="Section">The section that the line is in.</param>
/// <param name="Key">The key.</param>
/// <param name="Entry">The text in brackets, empty in <c>NAME[]</c>; <see langword="null"/> in <c>NAME=VALUE</c>.</param>
/// <param name="Value">The unchanged text after <c>=</c>; <see langword="null"/> in <c>NAME[]</c>, which empties the array.</param>
/// <param name="Place">The line.</param>
internal sealed record IniOperation(string Section, string Key, string? Entry, string? Value, SettingsPlace Place);

/// <summary>A problem of one file with the line that causes it, so that lines of site.ini that do not concern EzAudit can be recognized.</summary>
/// <remarks>The line is <see langword="null"/> if the problem concerns the whole file.</remarks>
internal sealed record IniProblem(string? Line, AuditSettingsProblem Problem);
