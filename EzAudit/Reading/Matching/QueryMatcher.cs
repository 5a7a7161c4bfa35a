using System.Text.RegularExpressions;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>A query made ready to be asked of records.</summary>
internal sealed class QueryMatcher
{
    private readonly AuditQuery _query;
    private readonly FunctionNames _functions;
    private readonly AddressTest[] _addresses;
    private readonly Func<string, bool>[] _fieldTests;
    private readonly StringComparison _comparison;

    /// <exception cref="ArgumentException">The query holds what is no regular expression or no network.</exception>
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

    /// <summary>What the query's field tests ask of a value, in their order.</summary>
    public IReadOnlyList<Func<string, bool>> FieldTests => _fieldTests;

    /// <summary>What the query says of function and outcome, to be asked of the records of one file.</summary>
    public FunctionTest FunctionsOf(AuditLogFile file) => new(_functions, _query.Outcome, file);

    /// <summary>Whether a record is wanted.</summary>
    /// <param name="record">The record.</param>
    /// <param name="file">Its file.</param>
    /// <param name="functions">What is asked of function and outcome there.</param>
    public Match Of(AuditRecord record, AuditLogFile file, FunctionTest functions)
    {
        if (!IsMet(record)) return Match.No;
        return functions.IsAsked ? functions.Of(file.FunctionOf(record), RecordOutcome.Of(record)) : Match.Yes;
    }

    /// <summary>Whether a record meets everything but what is said of function and outcome.</summary>
    public bool IsMet(AuditRecord record) =>
        !(record.Time < _query.Since) && !(record.Time >= _query.Until)
        && (_query.Actors.Count == 0 || _query.Actors.Any(actor => IsActor(record.Actor, actor)))
        && (_addresses.Length == 0 || IsAddress(record.Address))
        && HasFields(record)
        && _query.Texts.All(text => HasText(record, text));

    public bool IsAddress(string address) => _addresses.Any(wanted => wanted.IsIt(address));

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
                $"{test.Text}: found what no search is sure to end with, expected a regular expression without back references, look-around and atomic groups", failure);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentException($"{test.Text}: found no regular expression that can be used, {failure.Message}", failure);
        }
    }
}

/// <summary>Whether a record is wanted.</summary>
internal enum Match
{
    No,

    /// <summary>It is if it is of one function of its file, and not if it is of another.</summary>
    Maybe,
    Yes,
}
