using System.Collections.ObjectModel;
using System.Globalization;

namespace EzAudit.Records;

/// <summary>The definition of a function: what tools, formats and settings know about a kind of fact beforehand.</summary>
/// <remarks>
/// Function names are open: a name without a definition that has a line in audit.ini is written all the same.
/// A definition alone writes nothing; audit.ini decides.
/// </remarks>
public sealed record AuditFunction
{
    /// <summary>The least limit of a field: a cut text has to say that it is cut.</summary>
    internal const int LeastFieldLimit = 96;

    /// <summary>The name that callers and audit.ini use, kebab-case: <c>content-move</c>. Compared exactly.</summary>
    public required string Name { get; init; }

    /// <summary>The log file that tools propose for it in audit.ini, such as <c>content_move.log</c>.</summary>
    public string? DefaultFileName { get; init; }

    /// <summary>The names of its fields in their order; a record may lack some.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// Fields whose values outsiders choose, such as the login of a failed sign-in, with the most bytes of UTF-8 that are written of each. A longer
    /// value is cut and says so, so that nobody can fill the disk. The other fields have <c>MaxFieldBytes</c> of audit.ini, which is never exceeded.
    /// </summary>
    public IReadOnlyDictionary<string, int> FieldLimits { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>The event word of one-line formats, such as <c>ViewEntity</c>; without one, the name in PascalCase: <c>EntityView</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>
    /// A sentence with field names in braces: <c>Node {Node ID} was moved.</c> A field that a record lacks is left empty, <c>{{</c> is a
    /// brace. Without a sentence the fields are listed: <c>Node ID: 124; Comment: Moved</c>.
    /// </summary>
    public string? Sentence { get; init; }

    /// <summary>How grave its records are.</summary>
    public AuditSeverity Severity { get; init; } = AuditSeverity.Info;

    /// <summary>How the acts end that its records tell of, where no field of theirs says otherwise.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>The group it belongs to, such as <c>content</c> or <c>authentication</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Whether its records say which function they are of, even in a file of one other function: those that go where another function's failed.</summary>
    internal bool IsNamedInRecords { get; init; }

    /// <summary>What its records are in other vocabularies, such as <c>ecs</c> and <c>ocsf</c>; one for each.</summary>
    public IReadOnlyList<AuditMapping> Mappings { get; init; } = [];
}

/// <summary>How the audited act ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was tried and refused, or did not work.</summary>
    Failure,
}

/// <summary>How grave a function's records are, in syslog's words and numbers (RFC 5424, 6.2.1).</summary>
public enum AuditSeverity
{
    /// <summary>The system is unusable.</summary>
    Emergency = 0,

    /// <summary>Action must be taken at once.</summary>
    Alert = 1,

    /// <summary>Critical conditions.</summary>
    Critical = 2,

    /// <summary>Error conditions.</summary>
    Error = 3,

    /// <summary>Warning conditions.</summary>
    Warning = 4,

    /// <summary>Normal but significant.</summary>
    Notice = 5,

    /// <summary>Informational.</summary>
    Info = 6,

    /// <summary>For debugging.</summary>
    Debug = 7,
}

/// <summary>The rule for function names: any text of 1 to 128 characters without control characters.</summary>
internal static class AuditFunctionName
{
    public const int MaxLength = 128;
    public const string Expected = "1 to 128 characters, none of them a control character";

    public static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength) return false;
        foreach (char c in name)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) return false;
        }
        return true;
    }
}
