using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>What a format found at the start of some bytes: a record, a problem, nothing of significance, or too few bytes to decide.</summary>
public readonly record struct AuditReadResult
{
    /// <summary>More bytes are needed to decide.</summary>
    public static AuditReadResult NeedsMore => default;

    /// <summary>The number of bytes covered; 0 if more are needed.</summary>
    public int Consumed { get; private init; }

    /// <summary>The record, if there is one.</summary>
    public AuditRecord? Record { get; private init; }

    /// <summary>The problem, if there is one. If there is a record too, it is a best guess and not reliable.</summary>
    public AuditLogProblemKind? Problem { get; private init; }

    /// <summary>A complete record.</summary>
    public static AuditReadResult OfRecord(AuditRecord record, int consumed) => new() { Record = record, Consumed = consumed };

    /// <summary>A record that could be read, although some of its bytes are not what a writer of this format produces.</summary>
    public static AuditReadResult OfDoubtfulRecord(AuditRecord record, AuditLogProblemKind problem, int consumed) =>
        new() { Record = record, Problem = problem, Consumed = consumed };

    /// <summary>Bytes that are not a complete record.</summary>
    public static AuditReadResult OfProblem(AuditLogProblemKind problem, int consumed) => new() { Problem = problem, Consumed = consumed };

    /// <summary>Bytes without significance that are not a problem, such as an extra empty line.</summary>
    public static AuditReadResult OfNothing(int consumed) => new() { Consumed = consumed };
}
