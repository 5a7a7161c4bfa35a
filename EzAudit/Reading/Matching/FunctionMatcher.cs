using System.Text;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Finds the function and the outcome of the records of one file in place, and tests them against those that a query requires. Not thread-safe.</summary>
internal sealed class FunctionMatcher
{
    private static readonly string[] FailureWords = ["failed", "failure", "denied", "rejected"];

    private readonly QueryMatcher _query;
    private readonly bool _isAnyFunction;
    private readonly AuditOutcome? _outcome;
    private readonly AuditLogFile _file;
    private readonly AuditOutcome? _common;
    private readonly Match _ofUnknown;
    private readonly Match _ofSuccess;
    private readonly Match _ofFailure;
    private readonly ByteTable _written = new();
    private readonly List<string?> _functions = [];

    public FunctionMatcher(QueryMatcher query, AuditLogFile file)
    {
        _query = query;
        _isAnyFunction = query.Query.Functions.Count == 0;
        _outcome = query.Query.Outcome;
        _file = file;
        IsAsked = !_isAnyFunction || _outcome is not null;
        _common = CommonOutcomeOf(file.Functions);
        _ofUnknown = OfFile(file.Functions, null);
        _ofSuccess = OfFile(file.Functions, AuditOutcome.Success);
        _ofFailure = OfFile(file.Functions, AuditOutcome.Failure);
    }

    /// <summary>Whether the query restricts function or outcome.</summary>
    public bool IsAsked { get; }

    public Match IsMatch(in RecordView view)
    {
        AuditOutcome? stated = _outcome is null ? null : RecordOutcome.Of(view);
        if (FunctionOf(view) is { } function) return Matches(function, stated) ? Match.Yes : Match.No;
        return stated switch { null => _ofUnknown, AuditOutcome.Success => _ofSuccess, _ => _ofFailure };
    }

    /// <summary>The function of a record, as <see cref="AuditFoundRecord.Function"/> finds it; <see langword="null"/> if it is unknown.</summary>
    public string? FunctionOf(in RecordView view) =>
        (view.Syntax.TryFindFunction(view, out ReadOnlySpan<byte> name) ? OfName(view.Syntax, name) : null)
        ?? _file.OnlyFunction ?? (_file.ByFields is { } byFields ? byFields(FieldNames(view)) : null);

    /// <summary>The outcome of the act; <see langword="null"/> if the file's functions differ and the record's function is unknown.</summary>
    public AuditOutcome? OutcomeOf(in RecordView view) => RecordOutcome.Of(view) ?? OutcomeOf(FunctionOf(view)) ?? _common;

    private string? OfName(RecordSyntax syntax, ReadOnlySpan<byte> name)
    {
        int number = _written.NumberOf(name);
        if (number == _functions.Count) _functions.Add(syntax.ReadFunction(name));
        return _functions[number];
    }

    private static List<string> FieldNames(in RecordView view)
    {
        var names = new List<string>();
        for (RecordFields fields = view.Fields; fields.MoveNext();) names.Add(view.ReadText(fields.Name));
        return names;
    }

    private bool Matches(string function, AuditOutcome? stated) =>
        _query.IsFunction(function) && (_outcome is null || (stated ?? OutcomeOf(function)) == _outcome);

    // By its definition or name; null if the function is not known.
    private AuditOutcome? OutcomeOf(string? function)
    {
        if (function is null) return null;
        if (_query.Definitions.TryGetValue(function, out AuditFunction? definition)) return definition.Outcome;
        return function.Split('-').Any(word => FailureWords.Contains(word)) ? AuditOutcome.Failure : AuditOutcome.Success;
    }

    // The outcome of all functions of a file; null if they differ or are not known.
    private AuditOutcome? CommonOutcomeOf(IReadOnlyList<string> functions)
    {
        if (functions.Count == 0 || functions.Contains("*")) return null;
        AuditOutcome? first = OutcomeOf(functions[0]);
        return functions.All(function => OutcomeOf(function) == first) ? first : null;
    }

    // What the functions have in common is certain.
    private Match OfFile(IReadOnlyList<string> functions, AuditOutcome? stated)
    {
        if (_isAnyFunction && (_outcome is null || stated is not null)) return _outcome is null || stated == _outcome ? Match.Yes : Match.No;
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

/// <summary>Reads the outcome of the audited act from the fields of a record.</summary>
internal static class RecordOutcome
{
    // The fields that state it; the first one with a known word decides.
    private static readonly byte[][] FieldNames = [.. new[] { "Outcome", "Success", "Status" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] SuccessWords = ["success", "succeeded", "successful", "ok", "true", "yes", "1", "allowed", "granted", "accepted"];
    private static readonly string[] FailureWords = ["failure", "failed", "fail", "error", "false", "no", "0", "denied", "refused", "rejected"];

    public static AuditOutcome? Of(in RecordView view)
    {
        foreach (byte[] name in FieldNames)
        {
            if (view.TryFindValue(name, out ReadOnlySpan<byte> word) && OfWord(view.ReadText(word)) is { } outcome) return outcome;
        }
        return null;
    }

    private static AuditOutcome? OfWord(string word)
    {
        if (SuccessWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return AuditOutcome.Success;
        return FailureWords.Contains(word, StringComparer.OrdinalIgnoreCase) ? AuditOutcome.Failure : null;
    }
}
