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

/// <summary>A setting and its source. Immutable; compared by value.</summary>
public sealed record AuditSetting
{
    /// <summary>The section that contains it.</summary>
    public required string Section { get; init; }

    /// <summary>The key; for an entry of an array, with the name of the entry: <c>AuditFileNames[user-login]</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The value; for an array, its entries joined by <c>, </c>.</summary>
    public required string Value { get; init; }

    /// <summary>The settings file, relative to the root; <see langword="null"/> if it is a built-in default.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; 0 if it is a built-in default.</summary>
    public int Line { get; init; }

    /// <summary>The layer of the file, such as <c>override</c> or <c>extension shop</c>; <c>built in</c> if no file sets it.</summary>
    public required string Layer { get; init; }

    /// <summary><c>FILE:LINE (LAYER)</c>, or <c>built in</c>.</summary>
    public string Place => File is null ? Layer : $"{File}:{Line} ({Layer})";
}
