using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>What a format found at the start of some bytes: a record, a problem, nothing of meaning, or too few bytes to tell.</summary>
public readonly record struct AuditReadResult
{
    /// <summary>More bytes are needed to tell.</summary>
    public static AuditReadResult NeedsMore => default;

    /// <summary>How many bytes the piece covers; 0 when more are needed.</summary>
    public int Consumed { get; private init; }

    /// <summary>The record, if it is one.</summary>
    public AuditRecord? Record { get; private init; }

    /// <summary>What is wrong with the piece. Beside a record: the record is what could be made of it, and not to be relied on.</summary>
    public AuditLogProblemKind? Problem { get; private init; }

    /// <summary>A whole record.</summary>
    public static AuditReadResult OfRecord(AuditRecord record, int consumed) => new() { Record = record, Consumed = consumed };

    /// <summary>A record that could be read, though not all of its bytes are what a writer of this format makes.</summary>
    public static AuditReadResult OfDoubtfulRecord(AuditRecord record, AuditLogProblemKind problem, int consumed) =>
        new() { Record = record, Problem = problem, Consumed = consumed };

    /// <summary>Bytes that are no whole record.</summary>
    public static AuditReadResult OfProblem(AuditLogProblemKind problem, int consumed) => new() { Problem = problem, Consumed = consumed };

    /// <summary>Bytes that mean nothing and are no fault, such as an empty line too many.</summary>
    public static AuditReadResult OfNothing(int consumed) => new() { Consumed = consumed };
}
