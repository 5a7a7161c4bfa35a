namespace EzAudit.Records;

/// <summary>What a record must have among its fields: one of this name with such a value. Of a repeated name one is enough.</summary>
/// <param name="Name">The field's name, exact.</param>
/// <param name="Comparison">How its value is compared.</param>
/// <param name="Text">With what.</param>
public sealed record AuditFieldTest(string Name, AuditFieldComparison Comparison, string Text);

/// <summary>How an <see cref="AuditFieldTest"/> compares.</summary>
public enum AuditFieldComparison
{
    /// <summary>The value is the text.</summary>
    Equals,

    /// <summary>The text stands somewhere in the value.</summary>
    Contains,

    /// <summary>The text is a regular expression that fits somewhere in the value; .NET's dialect without what needs backtracking.</summary>
    Matches,
}
