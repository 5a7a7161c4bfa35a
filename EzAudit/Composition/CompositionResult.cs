using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;

namespace EzAudit.Composition;

/// <summary>Routes, or why there are none; warnings in either case.</summary>
/// <param name="Table">The routes; <see langword="null"/> when a problem is no warning.</param>
/// <param name="Problems">All problems.</param>
/// <param name="Document">What was read.</param>
/// <param name="Settings">What it means, also where routes cannot be made of it; <see langword="null"/> when it makes no sense.</param>
internal sealed record CompositionResult(
    RouteTable? Table, IReadOnlyList<AuditSettingsProblem> Problems, SettingsDocument Document, AuditSettings? Settings);
