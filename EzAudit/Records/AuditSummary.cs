namespace EzAudit.Records;

/// <summary>Counts of records.</summary>
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

    /// <summary>How many records were found.</summary>
    public long Count { get; }

    /// <summary>The earliest time; <see langword="null"/> when nothing was found.</summary>
    public DateTimeOffset? First { get; }

    /// <summary>The latest time; <see langword="null"/> when nothing was found.</summary>
    public DateTimeOffset? Last { get; }

    /// <summary>For each grouping that was asked for, its groups: those with most records first, then in ordinal order of their keys.</summary>
    public IReadOnlyList<IReadOnlyList<AuditGroup>> Groups { get; }

    /// <summary>What is wrong in the parts of the files that were looked at, by file and offset.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; }
}

/// <summary>Records that have the same keys.</summary>
/// <param name="Keys">The keys in the order of the grouping; <see langword="null"/> for one that the records do not have.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">The earliest of their times.</param>
/// <param name="Last">The latest of their times.</param>
public sealed record AuditGroup(IReadOnlyList<string?> Keys, long Count, DateTimeOffset First, DateTimeOffset Last);
