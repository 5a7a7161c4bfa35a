namespace EzAudit.Records;

/// <summary>The number of records in a log, in total and by group. Immutable.</summary>
public sealed class AuditSummary
{
    /// <summary>The number of records found.</summary>
    public long Count { get; init; }

    /// <summary>The earliest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest time; <see langword="null"/> if nothing was found.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The groups of each requested grouping: those with the most records first, then in ordinal order of their keys.</summary>
    public IReadOnlyList<IReadOnlyList<AuditGroup>> Groups { get; init; } = [];

    /// <summary>The problems in the parts of the files that were read, by file and offset.</summary>
    public IReadOnlyList<AuditLogProblem> Problems { get; init; } = [];
}

/// <summary>Records with equal keys. Immutable.</summary>
public sealed class AuditGroup
{
    /// <summary>The keys in the order of the grouping; <see langword="null"/> for one that the records do not have.</summary>
    public required IReadOnlyList<string?> Keys { get; init; }

    /// <summary>The number of records.</summary>
    public long Count { get; init; }

    /// <summary>The earliest of their times.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>The latest of their times.</summary>
    public DateTimeOffset Last { get; init; }
}

/// <summary>A way to count records: those with equal keys form a group. <c>new AuditGrouping(AuditGroupKey.Actor, AuditGroupKey.Day)</c>.</summary>
public sealed class AuditGrouping
{
    /// <summary>Initializes a grouping by one key or a combination of several.</summary>
    /// <exception cref="ArgumentException">There is no key.</exception>
    public AuditGrouping(params IReadOnlyList<AuditGroupKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0) throw new ArgumentException("A grouping needs at least one key.", nameof(keys));
        Keys = [.. keys];
    }

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<AuditGroupKey> Keys { get; }
}

/// <summary>A property by which records are grouped.</summary>
public sealed record AuditGroupKey
{
    private AuditGroupKey(AuditGroupKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The actor, as <c>login:id</c>.</summary>
    public static AuditGroupKey Actor { get; } = new(AuditGroupKind.Actor, "Actor");

    /// <summary>The function; none if the file contains several and the record does not name its own.</summary>
    public static AuditGroupKey Function { get; } = new(AuditGroupKind.Function, "Function");

    /// <summary>The address.</summary>
    public static AuditGroupKey Address { get; } = new(AuditGroupKind.Address, "Address");

    /// <summary>The day in the time zone of the log, as <c>2026-11-22</c>.</summary>
    public static AuditGroupKey Day { get; } = new(AuditGroupKind.Day, "Day");

    /// <summary>The hour in the time zone of the log, as <c>2026-11-22 13</c>.</summary>
    public static AuditGroupKey Hour { get; } = new(AuditGroupKind.Hour, "Hour");

    /// <summary>The outcome, <c>success</c> or <c>failure</c>; none if it is unknown.</summary>
    public static AuditGroupKey Outcome { get; } = new(AuditGroupKind.Outcome, "Outcome");

    /// <summary>The value of the first field of a given name; none in a record without it.</summary>
    public static AuditGroupKey Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(AuditGroupKind.Field, name);
    }

    /// <summary>The name of the field, or of the property.</summary>
    public string Name { get; }

    internal AuditGroupKind Kind { get; }
}

/// <summary>The property that an <see cref="AuditGroupKey"/> reads.</summary>
internal enum AuditGroupKind
{
    Actor,
    Function,
    Address,
    Day,
    Hour,
    Outcome,
    Field,
}
