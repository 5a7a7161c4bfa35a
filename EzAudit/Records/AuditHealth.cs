namespace EzAudit.Records;

/// <summary>How the audit trail does, at one moment.</summary>
/// <param name="State">The worst of all.</param>
/// <param name="Targets">Every target that a route leads to, and what <see cref="AuditWriter.AddHealth"/> added.</param>
/// <param name="SettingsProblems">Why the last edit of the settings is not in force, and warnings; empty when all is well.</param>
public sealed record AuditHealth(
    AuditHealthState State, IReadOnlyList<AuditTargetHealth> Targets, IReadOnlyList<AuditSettingsProblem> SettingsProblems);

/// <summary>How well a target, or the whole audit trail, does its work; the larger, the worse.</summary>
public enum AuditHealthState
{
    /// <summary>Records are stored.</summary>
    Healthy = 0,

    /// <summary>Records are stored, but something needs an operator: a fallback was used, an edit of the settings cannot be used.</summary>
    Degraded = 1,

    /// <summary>A call to the disk takes longer than <c>WriteTimeout</c>, or the last record was not stored within it and may be stored later.</summary>
    Blocked = 2,

    /// <summary>The last record could not be stored.</summary>
    Failing = 3,
}

/// <summary>How one target does: a log file, a target that a plugin brings, or something that <see cref="AuditWriter.AddHealth"/> added.</summary>
/// <param name="Target">The file's name or the target's.</param>
/// <param name="State">How it does now.</param>
/// <param name="LastError">What went wrong last; <see langword="null"/> when nothing ever did.</param>
/// <param name="Since">When the present state began, in UTC.</param>
/// <param name="Failed">How many records it failed to store since the writer was built.</param>
/// <param name="Lost">How many records were lost there and are not yet on record as lost.</param>
/// <param name="QueuedBytes">How many bytes wait in its queue.</param>
public sealed record AuditTargetHealth(
    string Target, AuditHealthState State, string? LastError, DateTimeOffset Since, long Failed, long Lost, long QueuedBytes);
