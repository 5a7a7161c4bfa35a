namespace EzAudit.Records;

/// <summary>The state of the audit trail at one moment. Immutable.</summary>
public sealed class AuditHealth
{
    /// <summary>The worst state of all targets; at least <see cref="AuditHealthState.Degraded"/> if the settings cannot be applied.</summary>
    public AuditHealthState State { get; init; }

    /// <summary>All targets in use, the anchors of the ledger, and the sources added by <see cref="AuditWriter.AddHealth"/>.</summary>
    public IReadOnlyList<AuditTargetHealth> Targets { get; init; } = [];

    /// <summary>Why the last edit of the settings was not applied, and warnings; empty if there are none.</summary>
    public IReadOnlyList<AuditSettingsProblem> SettingsProblems { get; init; } = [];
}

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

/// <summary>The state of one target: a log file, a plugin's target, an anchor, or a source added by <see cref="AuditWriter.AddHealth"/>. Immutable; compared by value.</summary>
public sealed record AuditTargetHealth
{
    /// <summary>The name of the log file or target; <c>anchor NAME</c> for an anchor.</summary>
    public required string Target { get; init; }

    /// <summary>Its current state.</summary>
    public AuditHealthState State { get; init; }

    /// <summary>The most recent error; <see langword="null"/> if there was none.</summary>
    public string? LastError { get; init; }

    /// <summary>When the current state began, in UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The number of records, or checkpoints, that it has failed to store since the writer was built.</summary>
    public long Failed { get; init; }

    /// <summary>The number of lost records whose loss has not been recorded yet.</summary>
    public long Lost { get; init; }

    /// <summary>The number of bytes in its queue.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>The number of records that its receiver refused for good and that are kept in its dead-letter file.</summary>
    public long DeadLetters { get; init; }
}
