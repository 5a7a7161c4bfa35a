using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Tests the records of one file for the function and outcome that a query requires. Immutable.</summary>
internal sealed class FunctionTest
{
    private readonly FunctionNames _names;
    private readonly AuditOutcome? _outcome;
    private readonly AuditOutcome? _common;
    private readonly Match _ofUnknown;
    private readonly Match _ofSuccess;
    private readonly Match _ofFailure;

    public FunctionTest(FunctionNames names, AuditOutcome? outcome, AuditLogFile file)
    {
        _names = names;
        _outcome = outcome;
        _common = names.OutcomeOf(file.Functions);
        _ofUnknown = OfFile(file.Functions, null);
        _ofSuccess = OfFile(file.Functions, AuditOutcome.Success);
        _ofFailure = OfFile(file.Functions, AuditOutcome.Failure);
    }

    /// <summary>Whether the query restricts function or outcome.</summary>
    public bool IsAsked => !_names.AreAny || _outcome is not null;

    /// <param name="function">The record's function if it is known.</param>
    /// <param name="stated">The outcome that the record's fields state, if any.</param>
    public Match Of(string? function, AuditOutcome? stated)
    {
        if (function is not null) return Matches(function, stated) ? Match.Yes : Match.No;
        return stated switch { null => _ofUnknown, AuditOutcome.Success => _ofSuccess, _ => _ofFailure };
    }

    /// <summary>The outcome of the act; <see langword="null"/> if the file's functions differ and the record's function is unknown.</summary>
    public AuditOutcome? OutcomeOf(string? function, AuditOutcome? stated) => stated ?? _names.OutcomeOf(function) ?? _common;

    private bool Matches(string function, AuditOutcome? stated) =>
        _names.Matches(function) && (_outcome is null || (stated ?? _names.OutcomeOf(function)) == _outcome);

    // What the functions have in common is certain.
    private Match OfFile(IReadOnlyList<string> functions, AuditOutcome? stated)
    {
        if (_names.AreAny && (_outcome is null || stated is not null)) return _outcome is null || stated == _outcome ? Match.Yes : Match.No;
        if (_outcome is not null && stated is not null && stated != _outcome) return Match.No;
        if (functions.Count == 0 || functions.Contains("*")) return Match.Maybe;
        int matching = functions.Count(function => Matches(function, stated));
        return matching == 0 ? Match.No : matching == functions.Count ? Match.Yes : Match.Maybe;
    }
}

/// <summary>Whether a record matches.</summary>
internal enum Match
{
    No,

    /// <summary>The record matches only if it belongs to one function of its file rather than another.</summary>
    Maybe,
    Yes,
}
