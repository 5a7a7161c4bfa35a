namespace EzAudit.Records;

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
