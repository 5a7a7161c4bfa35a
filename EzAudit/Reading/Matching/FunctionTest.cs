using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Asks what a query says of function and outcome of the records of one file. Immutable.</summary>
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

    /// <summary>Whether the query says anything of them.</summary>
    public bool IsAsked => !_names.AreAny || _wanted is not null;

    /// <param name="function">The record's function, if it is known.</param>
    /// <param name="said">The outcome that its fields say, if they do.</param>
    public Match Of(string? function, AuditOutcome? said)
    {
        if (function is not null) return IsWanted(function, said) ? Match.Yes : Match.No;
        return said switch { null => _ofUnknown, AuditOutcome.Success => _ofSuccess, _ => _ofFailure };
    }

    /// <summary>How the act ended; <see langword="null"/> where the file's functions end differently and nothing tells which it is.</summary>
    public AuditOutcome? OutcomeOf(string? function, AuditOutcome? said) => said ?? _names.OutcomeOf(function) ?? _common;

    private bool IsWanted(string function, AuditOutcome? said) =>
        _names.IsWanted(function) && (_wanted is null || (said ?? _names.OutcomeOf(function)) == _wanted);

    // What its functions have in common is certain.
    private Match OfFile(IReadOnlyList<string> functions, AuditOutcome? said)
    {
        if (_names.AreAny && (_wanted is null || said is not null)) return _wanted is null || said == _wanted ? Match.Yes : Match.No;
        if (_wanted is not null && said is not null && said != _wanted) return Match.No;
        if (functions.Count == 0 || functions.Contains("*")) return Match.Maybe;
        int wanted = functions.Count(function => IsWanted(function, said));
        return wanted == 0 ? Match.No : wanted == functions.Count ? Match.Yes : Match.Maybe;
    }
}
