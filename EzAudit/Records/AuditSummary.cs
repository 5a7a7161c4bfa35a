namespace EzAudit.Records;

/// <summary>The number of records in a log, in total and by group.</summary>
public sealed class AuditSummary
{
    internal AuditSummary(
        long count, DateTimeOffset? first, DateTimeOffset? last, IReadOnlyList<IReadOnlyList<AuditGroup>> groups, IReadOnlyList<AuditLogProblem> problems)
    {
        Count = count;
        First = first;
        Last = last;
        Groups = groups;
        Problems = problems;
    }

    /// <summary>The number of records found.</summary>
    public long Count { get; }

    /// <summary>The earliest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? First { get; }

    /// <summary>The latest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? Last { get; }

    /// <summary>The groups of each requested grouping: those with the most records first, then in ordinal order of their keys.</summary>
    public IReadOnlyList<IReadOnlyList<AuditGroup>> Groups { get; }

    /// <summary>The problems in the parts of the files that were read, by file and offset.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; }
}

/// <summary>Records with equal keys.</summary>
/// <param name="Keys">The keys in the order of the grouping; <see langword="null"/> for one that the records do not have.</param>
/// <param name="Count">The number of records.</param>
/// <param name="First">The earliest of their times.</param>
/// <param name="Last">The latest of their times.</param>
public sealed record AuditGroup(IReadOnlyList<string?> Keys, long Count, DateTimeOffset First, DateTimeOffset Last);
