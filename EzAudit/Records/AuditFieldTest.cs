namespace EzAudit.Records;

/// <summary>A condition on the fields of a record: one field of this name must have a matching value. If the name is repeated, one match is enough.</summary>
/// <param name="Name">The exact name of the field.</param>
/// <param name="Comparison">How its value is compared.</param>
/// <param name="Text">The text or regular expression to compare with.</param>
public sealed record AuditFieldTest(string Name, AuditFieldComparison Comparison, string Text);

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
