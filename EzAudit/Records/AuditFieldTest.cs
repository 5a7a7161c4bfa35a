namespace EzAudit.Records;

/// <summary>
/// A condition on the fields of a record: a field of this name must have a matching value. If the name is repeated, one match is enough. Immutable; compared
/// by value.
/// </summary>
public sealed record AuditFieldTest
{
    /// <summary>Initializes a condition.</summary>
    /// <param name="name">The exact name of the field.</param>
    /// <param name="comparison">How its value is compared.</param>
    /// <param name="text">The text or regular expression to compare with.</param>
    public AuditFieldTest(string name, AuditFieldComparison comparison, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Comparison = comparison;
        Text = text;
    }

    /// <summary>The exact name of the field.</summary>
    public string Name { get; }

    /// <summary>How its value is compared.</summary>
    public AuditFieldComparison Comparison { get; }

    /// <summary>The text or regular expression to compare with.</summary>
    public string Text { get; }
}

/// <summary>How an <see cref="AuditFieldTest"/> compares.</summary>
public enum AuditFieldComparison
{
    /// <summary>The value equals the text.</summary>
    Equals,

    /// <summary>The value contains the text.</summary>
    Contains,

    /// <summary>The text is a regular expression that matches somewhere in the value: .NET's dialect without constructs that need backtracking.</summary>
    Matches,
}
