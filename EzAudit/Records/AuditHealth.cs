namespace EzAudit.Records;

/// <summary>The state of the audit trail at one moment.</summary>
/// <param name="State">The worst state of all targets.</param>
/// <param name="Targets">All targets in use, and the sources added by <see cref="AuditWriter.AddHealth"/>.</param>
/// <param name="SettingsProblems">Why the last edit of the settings was not applied, and warnings; empty if there are none.</param>
public sealed record AuditHealth(
    AuditHealthState State, IReadOnlyList<AuditTargetHealth> Targets, IReadOnlyList<AuditSettingsProblem> SettingsProblems);

/// <summary>The state of a target or of the whole audit trail. A higher value is worse.</summary>
public enum AuditHealthState
{
    /// <summary>Records are stored.</summary>
    Healthy = 0,

    /// <summary>Records are stored, but an operator is needed: a fallback was used, for example, or an edit of the settings cannot be applied.</summary>
    Degraded = 1,

    /// <summary>A call to the disk takes longer than <c>WriteTimeout</c>, or the last record was not stored within it and may be stored later.</summary>
    Blocked = 2,

    /// <summary>The last record could not be stored.</summary>
    Failing = 3,
}

/// <summary>The state of one target: a log file, a plugin's target, or a source added by <see cref="AuditWriter.AddHealth"/>.</summary>
/// <param name="Target">The name of the log file or target.</param>
/// <param name="State">Its current state.</param>
/// <param name="LastError">The most recent error; <see langword="null"/> if there was none.</param>
/// <param name="Since">When the current state began, in UTC.</param>
/// <param name="Failed">The number of records that it has failed to store since the writer was built.</param>
/// <param name="Lost">The number of lost records whose loss has not been recorded yet.</param>
/// <param name="QueuedBytes">The number of bytes in its queue.</param>
public sealed record AuditTargetHealth(
    string Target, AuditHealthState State, string? LastError, DateTimeOffset Since, long Failed, long Lost, long QueuedBytes);
