using EzAudit.Records;

namespace EzAudit;

/// <summary>What one reading reports while it runs, in addition to its result.</summary>
public sealed class AuditReadOptions
{
    /// <summary>
    /// Receives the progress, at most about a thousand times for one reading. It is called by the threads that read, one call at a time, and they wait for it;
    /// <see cref="Progress{T}"/> passes each call on to the thread that created it.
    /// </summary>
    public IProgress<AuditReadProgress>? Progress { get; init; }

    /// <summary>
    /// Receives each problem in the parts of the files that were read, on the thread of the caller: when the reading ends or its enumerator is disposed, and
    /// while following as soon as a problem is found. A problem at the place of a record means that the record is returned, but is unreliable.
    /// <see cref="AuditLogReader.FindProblems"/> looks for problems in all parts.
    /// </summary>
    public Action<AuditLogProblem>? OnProblem { get; init; }

    /// <summary>
    /// Restricts the reading to records for which this ledger vouches: attested when they were written, covered by a checkpoint, and unchanged, or erased by order.
    /// How many records were left out is reported as a problem of the kind <see cref="AuditLogProblemKind.Unverified"/>. The ledger is verified first, as
    /// <see cref="AuditLedger.Verify"/> does, which reads all log files. Following refuses it.
    /// </summary>
    public AuditLedger? VerifiedBy { get; init; }

    internal void Report(IReadOnlyList<AuditLogProblem> problems)
    {
        if (OnProblem is null) return;
        foreach (AuditLogProblem problem in problems) OnProblem(problem);
    }
}
