namespace EzAudit.Records;

/// <summary>Selects the records that satisfy all of its conditions; without conditions, all records. Immutable.</summary>
public sealed record AuditQuery
{
    /// <summary>All records.</summary>
    public static AuditQuery All { get; } = new();

    /// <summary>
    /// The function must be one of these: exact names, or patterns with <c>*</c> for any characters. A classic record that does not name its function,
    /// in a file shared by several, is found if one of them is requested, and counted in a problem of the kind <see cref="AuditLogProblemKind.UnknownFunction"/>.
    /// </summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>The earliest time, inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The actor must be one of these: a login, an id, or <c>login:id</c>.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>
    /// The address must be one of these: the exact text, an IP address in any spelling, or a network such as <c>10.0.0.0/8</c> or
    /// <c>2001:db8::/32</c>. An IPv4 address equals the IPv6 address that it is mapped to.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Conditions on fields, all of which must be met.</summary>
    public IReadOnlyList<AuditFieldTest> Fields { get; init; } = [];

    /// <summary>Substrings that must all occur, each in a field's name or value, the login, the id or the address.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether case is ignored in <see cref="Texts"/> and in the texts of <see cref="Fields"/>.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>
    /// The outcome of the recorded action: what a field <c>Outcome</c>, <c>Success</c> or <c>Status</c> says (<c>success</c>, <c>ok</c>, <c>true</c>,
    /// <c>failure</c>, <c>denied</c>, <c>false</c> and similar words), otherwise the function's definition, otherwise the words of its name, such as
    /// <c>failed</c>. A record whose function is unknown is found if one of its file's functions has this outcome. Unless all of them have it, the record is
    /// also counted in a problem, as for <see cref="Functions"/>.
    /// </summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>Whether to leave out records whose function or outcome is not certain to match. They are still counted in a problem.</summary>
    public bool OnlyCertain { get; init; }

    /// <summary>
    /// Whether to read every file from beginning to end. By default, <see cref="Since"/> and <see cref="Until"/> skip parts whose times are a day or more
    /// outside the range. Those parts are found by sampling a file in up to a thousand places, and by the first record of each compressed file, provided that
    /// the times found are in order. A record between two samples is missed if the clock was wrong by more than a day when it was written.
    /// </summary>
    public bool ReadsAll { get; init; }
}

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
