using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;

namespace EzAudit.Composition;

/// <summary>Routes, or why there are none; warnings in either case.</summary>
internal sealed record CompositionResult(RouteTable? Table, IReadOnlyList<AuditSettingsProblem> Problems, SettingsDocument Document);
