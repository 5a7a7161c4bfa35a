namespace EzAudit.Records;

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
