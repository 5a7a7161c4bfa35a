using System.IO.Enumeration;
using EzAudit.Records;

namespace EzAudit.Reading;

/// <summary>Function names as a query gives them, and what is known about the functions of a log.</summary>
internal sealed class FunctionNames(IReadOnlyList<string> patterns, IReadOnlyDictionary<string, AuditFunction> definitions)
{
    private static readonly string[] FailureWords = ["failed", "failure", "denied", "rejected"];

    /// <summary>Whether a function is wanted.</summary>
    public bool IsWanted(string function) => patterns.Count == 0 || patterns.Any(pattern => Fits(pattern, function));

    /// <summary>Whether a file may hold records of a wanted function.</summary>
    /// <param name="functions">The functions of the file.</param>
    public bool MayBeIn(IReadOnlyList<string> functions) =>
        patterns.Count == 0 || functions.Count == 0 || functions.Any(function => function == "*" || IsWanted(function));

    /// <summary>How the acts of a function end, as its definition or its name says; <see langword="null"/> when the function is not known.</summary>
    public AuditOutcome? OutcomeOf(string? function)
    {
        if (function is null) return null;
        if (definitions.TryGetValue(function, out AuditFunction? definition)) return definition.Outcome;
        return function.Split('-').Any(word => FailureWords.Contains(word)) ? AuditOutcome.Failure : AuditOutcome.Success;
    }

    private static bool Fits(string pattern, string function) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal), function, ignoreCase: false);
}
