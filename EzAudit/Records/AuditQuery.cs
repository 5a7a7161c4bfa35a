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
    /// The outcome of the recorded action. A field <c>Outcome</c>, <c>Success</c> or <c>Status</c> says it (<c>success</c>, <c>ok</c>, <c>true</c>,
    /// <c>failure</c>, <c>denied</c>, <c>false</c> and similar words); else the function's definition; else the words of its name, such as
    /// <c>failed</c>. A record whose function is not known is found if one of its file's functions ends so, and counted in a problem as for <see cref="Functions"/>,
    /// unless all of them do.
    /// </summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>Whether records are left out of which it is not certain that they are of a wanted function or outcome. They are counted in a problem all the same.</summary>
    public bool OnlyCertain { get; init; }

    /// <summary>
    /// Whether every file is read from its beginning to its end. Otherwise, with <see cref="Since"/> or <see cref="Until"/>, parts are left out that lie a
    /// day or more outside: judged by samples of a file, a thousand of a large one, and by where compressed files begin, if all that is in
    /// order of time. Records between two samples whose clock was wrong by more than a day can be missed so.
    /// </summary>
    public bool ReadsAll { get; init; }
}
