namespace EzAudit.Records;

/// <summary>What the verification of a ledger and its log files found. Immutable.</summary>
public sealed record AuditVerification
{
    /// <summary>The verdict: that of the worst finding.</summary>
    public required AuditVerificationResult Result { get; init; }

    /// <summary>Why nothing could be verified; <see langword="null"/> unless the result is <see cref="AuditVerificationResult.Unverified"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The log directory, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// The findings: those of the ledger by place, then those of the files. Adjacent extents with the same problem are one finding. Damage of the ledger itself
    /// ends the verification, because nothing vouches for what follows; then nothing else is reported.
    /// </summary>
    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    /// <summary>The name of the ledger in its checkpoints; <see langword="null"/> if it has none.</summary>
    public string? Origin { get; init; }

    /// <summary>The number of leaves.</summary>
    public long Leaves { get; init; }

    /// <summary>The number of checkpoints.</summary>
    public long Checkpoints { get; init; }

    /// <summary>The number of log files that the ledger knows, including removed ones.</summary>
    public long Files { get; init; }

    /// <summary>The number of attested records that were found unchanged, or erased by order.</summary>
    public long Records { get; init; }

    /// <summary>The number of bytes of these records.</summary>
    public long AttestedBytes { get; init; }

    /// <summary>The newest checkpoint as a signed note, to be kept elsewhere as an anchor; <see langword="null"/> if there is none, or the ledger is damaged.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The time of the newest leaf, in UTC; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? LastTime { get; init; }
}

/// <summary>The verdict of a verification. The values are the exit codes of <c>ezaudit verify</c>.</summary>
public enum AuditVerificationResult
{
    /// <summary>The log files are what was written.</summary>
    Intact = 0,

    /// <summary>Somebody changed the log files or the ledger.</summary>
    Tampered = 1,

    /// <summary>Nothing attested was changed, but something is not attested or was lost; the findings list it.</summary>
    Incomplete = 2,

    /// <summary>Nothing could be verified: there is no ledger, or no key is trusted.</summary>
    Unverified = 3,
}
