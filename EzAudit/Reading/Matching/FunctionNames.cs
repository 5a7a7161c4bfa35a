using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>The function names of a query, and what is known about the functions of a log.</summary>
internal sealed class FunctionNames(IReadOnlyList<string> patterns, IReadOnlyDictionary<string, AuditFunction> definitions)
{
    private static readonly string[] FailureWords = ["failed", "failure", "denied", "rejected"];

    /// <summary>Whether no function is named.</summary>
    public bool AreAny => patterns.Count == 0;

    /// <summary>Whether a function matches.</summary>
    public bool Matches(string function) => patterns.Count == 0 || patterns.Any(pattern => Fits(pattern, function));

    /// <summary>Whether a file may hold records of a matching function.</summary>
    /// <param name="functions">The functions of the file.</param>
    public bool MayBeIn(IReadOnlyList<string> functions) =>
        patterns.Count == 0 || functions.Count == 0 || functions.Any(function => function == "*" || Matches(function));

    /// <summary>The outcome of a function's acts by its definition or name; <see langword="null"/> if the function is not known.</summary>
    public AuditOutcome? OutcomeOf(string? function)
    {
        if (function is null) return null;
        if (definitions.TryGetValue(function, out AuditFunction? definition)) return definition.Outcome;
        return function.Split('-').Any(word => FailureWords.Contains(word)) ? AuditOutcome.Failure : AuditOutcome.Success;
    }

    /// <summary>The common outcome of all functions of a file; <see langword="null"/> if they differ or are not known.</summary>
    public AuditOutcome? OutcomeOf(IReadOnlyList<string> functions)
    {
        if (functions.Count == 0 || functions.Contains("*")) return null;
        AuditOutcome? first = OutcomeOf(functions[0]);
        return functions.All(function => OutcomeOf(function) == first) ? first : null;
    }

    // The parts between asterisks must occur in order, the first at the start and the last at the end.
    private static bool Fits(string pattern, string function)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1) return pattern == function;
        int least = parts[0].Length + parts[^1].Length;
        if (function.Length < least || !function.StartsWith(parts[0], StringComparison.Ordinal) || !function.EndsWith(parts[^1], StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = function.AsSpan(parts[0].Length..^parts[^1].Length);
        foreach (string part in parts[1..^1])
        {
            int at = rest.IndexOf(part);
            if (at < 0) return false;
            rest = rest[(at + part.Length)..];
        }
        return true;
    }
}
