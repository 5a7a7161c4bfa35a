namespace EzAudit.Records;

/// <summary>Where the settings send the records of one function, whether audit is on or off. Immutable.</summary>
public sealed class AuditRoute
{
    /// <summary>The function; <c>*</c> for every function without a line of its own.</summary>
    public required string Function { get; init; }

    /// <summary>The line that applies: its value is the name of the log file.</summary>
    public required AuditSetting FileName { get; init; }

    /// <summary>The targets, followed by the fallbacks.</summary>
    public IReadOnlyList<AuditRouteTarget> Targets { get; init; } = [];

    /// <summary>The settings that apply: durability, failure policy, format, permissions, time zone, rotation and so on.</summary>
    public IReadOnlyList<AuditSetting> Settings { get; init; } = [];
}

/// <summary>One target of an <see cref="AuditRoute"/>. Immutable; compared by value.</summary>
public sealed record AuditRouteTarget
{
    /// <summary>NAME of its section <c>[Target-NAME]</c>; <c>file</c> always exists.</summary>
    public required string Name { get; init; }

    /// <summary>Its type: <c>file</c>, or one supplied by a plugin.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the target's format.</summary>
    public required string Format { get; init; }

    /// <summary>The absolute path of the log file; <see langword="null"/> if the type is not <c>file</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Whether it receives only records that another target could not store.</summary>
    public bool IsFallback { get; init; }
}
