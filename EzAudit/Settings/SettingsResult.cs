using EzAudit.Records;

namespace EzAudit.Settings;

/// <summary>Settings, or why there are none; warnings in either case.</summary>
/// <param name="Settings">The settings; <see langword="null"/> when a problem is no warning.</param>
/// <param name="Problems">All problems of all files, in the order of the files.</param>
internal sealed record SettingsResult(AuditSettings? Settings, IReadOnlyList<AuditSettingsProblem> Problems);
