using System.Collections.ObjectModel;
using System.Globalization;

namespace EzAudit.Records;

/// <summary>The definition of a function: what tools, formats and settings know about a kind of event in advance.</summary>
/// <remarks>
/// Function names are open: a name that has a line in audit.ini is written even without a definition, and a definition alone writes nothing.
/// </remarks>
public sealed record AuditFunction
{
    /// <summary>The lowest limit of a field: a truncated value needs room for the mark that says so.</summary>
    internal const int LeastFieldLimit = 96;

    /// <summary>The name that callers and audit.ini use, kebab-case: <c>content-move</c>. Compared exactly.</summary>
    public required string Name { get; init; }

    /// <summary>The log file that tools suggest for it in audit.ini, such as <c>content_move.log</c>.</summary>
    public string? DefaultFileName { get; init; }

    /// <summary>The names of its fields, in order. A record may lack some.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// The limits, in bytes of UTF-8, of fields whose values outsiders choose, such as the login of a failed sign-in. A longer value is truncated and
    /// marked, so that nobody can fill the disk. <c>MaxFieldBytes</c> of audit.ini limits all fields, including these.
    /// </summary>
    public IReadOnlyDictionary<string, int> FieldLimits { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>The event name in one-line formats, such as <c>ViewEntity</c>; if <see langword="null"/>, the name in PascalCase: <c>EntityView</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>
    /// A sentence with field names in braces: <c>Node {Node ID} was moved.</c> A field that a record lacks is left empty; <c>{{</c> stands
    /// for a brace. Without a sentence the fields are listed: <c>Node ID: 124; Comment: Moved</c>.
    /// </summary>
    public string? Sentence { get; init; }

    /// <summary>The severity of its records.</summary>
    public AuditSeverity Severity { get; init; } = AuditSeverity.Info;

    /// <summary>The outcome of the recorded actions, unless a field of the record says otherwise.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>The group it belongs to, such as <c>content</c> or <c>authentication</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Whether its records name it even in the log file of another function. Records that report a failure of another file do.</summary>
    internal bool IsNamedInRecords { get; init; }

    /// <summary>The mappings of its records to other schemas, such as <c>ecs</c> and <c>ocsf</c>; one for each schema.</summary>
    public IReadOnlyList<AuditMapping> Mappings { get; init; } = [];
}

/// <summary>The outcome of the recorded action.</summary>
public enum AuditOutcome
{
    /// <summary>The action was carried out.</summary>
    Success,

    /// <summary>The action was refused or failed.</summary>
    Failure,
}

/// <summary>The severity of a function's records, with the names and numbers of syslog (RFC 5424, 6.2.1).</summary>
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

    /// <summary>Debugging information.</summary>
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
