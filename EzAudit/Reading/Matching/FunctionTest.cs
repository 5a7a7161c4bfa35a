using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Tests the records of one file for the function and outcome that a query requires. Immutable.</summary>
internal sealed class FunctionTest
{
    private readonly FunctionNames _names;
    private readonly AuditOutcome? _wanted;
    private readonly AuditOutcome? _common;
    private readonly Match _ofUnknown;
    private readonly Match _ofSuccess;
    private readonly Match _ofFailure;

    public FunctionTest(FunctionNames names, AuditOutcome? wanted, AuditLogFile file)
    {
        _names = names;
        _wanted = wanted;
        _common = names.OutcomeOf(file.Functions);
        _ofUnknown = OfFile(file.Functions, null);
        _ofSuccess = OfFile(file.Functions, AuditOutcome.Success);
        _ofFailure = OfFile(file.Functions, AuditOutcome.Failure);
    }

    /// <summary>Whether the query restricts function or outcome.</summary>
    public bool IsAsked => !_names.AreAny || _wanted is not null;

    /// <param name="function">The record's function if it is known.</param>
    /// <param name="said">The outcome that the record's fields state, if any.</param>
    public Match Of(string? function, AuditOutcome? said)
    {
        if (function is not null) return IsWanted(function, said) ? Match.Yes : Match.No;
        return said switch { null => _ofUnknown, AuditOutcome.Success => _ofSuccess, _ => _ofFailure };
    }

    /// <summary>The outcome of the act; <see langword="null"/> if the file's functions differ and the record's function is unknown.</summary>
    public AuditOutcome? OutcomeOf(string? function, AuditOutcome? said) => said ?? _names.OutcomeOf(function) ?? _common;

    private bool IsWanted(string function, AuditOutcome? said) =>
        _names.IsWanted(function) && (_wanted is null || (said ?? _names.OutcomeOf(function)) == _wanted);

    // What the functions have in common is certain.
    private Match OfFile(IReadOnlyList<string> functions, AuditOutcome? said)
    {
        if (_names.AreAny && (_wanted is null || said is not null)) return _wanted is null || said == _wanted ? Match.Yes : Match.No;
        if (_wanted is not null && said is not null && said != _wanted) return Match.No;
        if (functions.Count == 0 || functions.Contains("*")) return Match.Maybe;
        int wanted = functions.Count(function => IsWanted(function, said));
        return wanted == 0 ? Match.No : wanted == functions.Count ? Match.Yes : Match.Maybe;
    }
}
