namespace EzAudit.Records;

/// <summary>How the audit trail does, at one moment.</summary>
/// <param name="State">The worst of all.</param>
/// <param name="Targets">Every target that a route leads to, and what <see cref="AuditWriter.AddHealth"/> added.</param>
/// <param name="SettingsProblems">Why the last edit of the settings is not in force, and warnings; empty when all is well.</param>
public sealed record AuditHealth(
    AuditHealthState State, IReadOnlyList<AuditTargetHealth> Targets, IReadOnlyList<AuditSettingsProblem> SettingsProblems);
