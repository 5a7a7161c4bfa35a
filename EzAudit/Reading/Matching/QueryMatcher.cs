using System.Text.RegularExpressions;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>A compiled query that tests records.</summary>
internal sealed class QueryMatcher
{
    private readonly AuditQuery _query;
    private readonly FunctionNames _functions;
    private readonly AddressTest[] _addresses;
    private readonly Func<string, bool>[] _fieldTests;
    private readonly StringComparison _comparison;

    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    public QueryMatcher(AuditQuery query, FunctionNames functions)
    {
        _query = query;
        _functions = functions;
        _comparison = query.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _addresses = [.. query.Addresses.Select(address => new AddressTest(address))];
        _fieldTests = [.. query.Fields.Select(TestOf)];
    }

    public AuditQuery Query => _query;

    public FunctionNames Functions => _functions;

    /// <summary>The query's field tests as predicates on a value, in their order.</summary>
    public IReadOnlyList<Func<string, bool>> FieldTests => _fieldTests;

    /// <summary>The query's conditions on function and outcome, for the records of one file.</summary>
    public FunctionTest FunctionsOf(AuditLogFile file) => new(_functions, _query.Outcome, file);

    /// <summary>Whether a record matches.</summary>
    /// <param name="record">The record.</param>
    /// <param name="file">Its file.</param>
    /// <param name="functions">The conditions on function and outcome for that file.</param>
    public Match Of(AuditRecord record, AuditLogFile file, FunctionTest functions)
    {
        if (!IsMet(record)) return Match.No;
        return functions.IsAsked ? functions.Of(file.FunctionOf(record), RecordOutcome.Of(record)) : Match.Yes;
    }

    /// <summary>Whether a record meets all conditions other than function and outcome.</summary>
    public bool IsMet(AuditRecord record) =>
        !(record.Time < _query.Since) && !(record.Time >= _query.Until)
        && (_query.Actors.Count == 0 || _query.Actors.Any(actor => IsActor(record.Actor, actor)))
        && (_addresses.Length == 0 || IsAddress(record.Address))
        && HasFields(record)
        && _query.Texts.All(text => HasText(record, text));

    public bool IsAddress(string address) => _addresses.Any(test => test.Matches(address));

    private static bool IsActor(AuditActor actor, string text) =>
        actor.Login == text || actor.Id == text
        || (text.Length == actor.Login.Length + actor.Id.Length + 1 && text[actor.Login.Length] == ':'
            && text.StartsWith(actor.Login, StringComparison.Ordinal) && text.EndsWith(actor.Id, StringComparison.Ordinal));

    private bool HasFields(AuditRecord record)
    {
        for (int i = 0; i < _fieldTests.Length; i++)
        {
            if (!record.Fields.Any(field => field.Name == _query.Fields[i].Name && _fieldTests[i](field.Value))) return false;
        }
        return true;
    }

    private bool HasText(AuditRecord record, string text) =>
        record.Actor.Login.Contains(text, _comparison) || record.Actor.Id.Contains(text, _comparison) || record.Address.Contains(text, _comparison)
        || record.Fields.Any(field => field.Name.Contains(text, _comparison) || field.Value.Contains(text, _comparison));

    private Func<string, bool> TestOf(AuditFieldTest test)
    {
        if (test.Comparison == AuditFieldComparison.Equals) return value => value.Equals(test.Text, _comparison);
        if (test.Comparison == AuditFieldComparison.Contains) return value => value.Contains(test.Text, _comparison);
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (_query.IgnoreCase ? RegexOptions.IgnoreCase : 0);
        try
        {
            return new Regex(test.Text, options).IsMatch;
        }
        catch (NotSupportedException failure)
        {
            throw new ArgumentException(
                $"{test.Text}: a search with this regular expression might not end. Remove back references, look-around and atomic groups.", failure);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentException($"{test.Text}: the regular expression is invalid. {failure.Message}", failure);
        }
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
