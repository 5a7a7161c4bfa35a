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
