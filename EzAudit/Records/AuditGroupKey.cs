namespace EzAudit.Records;

/// <summary>By what records are counted together.</summary>
public sealed record AuditGroupKey
{
    private AuditGroupKey(AuditGroupKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The actor, as <c>login:id</c>.</summary>
    public static AuditGroupKey Actor { get; } = new(AuditGroupKind.Actor, "Actor");

    /// <summary>The function; none where the file holds several.</summary>
    public static AuditGroupKey Function { get; } = new(AuditGroupKind.Function, "Function");

    /// <summary>The address.</summary>
    public static AuditGroupKey Address { get; } = new(AuditGroupKind.Address, "Address");

    /// <summary>The day in the time zone of the log, as <c>2026-11-22</c>.</summary>
    public static AuditGroupKey Day { get; } = new(AuditGroupKind.Day, "Day");

    /// <summary>The hour in the time zone of the log, as <c>2026-11-22 13</c>.</summary>
    public static AuditGroupKey Hour { get; } = new(AuditGroupKind.Hour, "Hour");

    /// <summary>The outcome, <c>success</c> or <c>failure</c>; none where it is not known.</summary>
    public static AuditGroupKey Outcome { get; } = new(AuditGroupKind.Outcome, "Outcome");

    /// <summary>The value of the first field of a name; none in a record without it.</summary>
    public static AuditGroupKey Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(AuditGroupKind.Field, name);
    }

    /// <summary>What it is called: the name of the field, or what it is.</summary>
    public string Name { get; }

    internal AuditGroupKind Kind { get; }
}

/// <summary>What an <see cref="AuditGroupKey"/> looks at.</summary>
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

/// <summary>A way to count: records with the same keys are one group. <c>new AuditGrouping(AuditGroupKey.Actor, AuditGroupKey.Day)</c>.</summary>
public sealed class AuditGrouping
{
    /// <summary>Makes a grouping by one or several keys together.</summary>
    /// <exception cref="ArgumentException">There is no key.</exception>
    public AuditGrouping(params IReadOnlyList<AuditGroupKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0) throw new ArgumentException("Found no key, expected at least one.", nameof(keys));
        Keys = [.. keys];
    }

    /// <summary>The keys, in their order.</summary>
    public IReadOnlyList<AuditGroupKey> Keys { get; }
}
