namespace EzAudit.Settings;

/// <summary>What one settings file says, line by line, not yet merged with others.</summary>
/// <remarks>The name is relative to the root, or <see cref="ConfigurationLayer.Name"/>; the sections are its headers, repeated ones again.</remarks>
internal sealed record IniFile(
    string Name,
    IReadOnlyList<Sourced<string>> Sections,
    IReadOnlyList<IniOperation> Operations,
    IReadOnlyList<IniProblem> Problems);
