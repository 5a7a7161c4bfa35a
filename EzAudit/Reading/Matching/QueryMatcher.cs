using System.Text.RegularExpressions;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>A compiled query: its conditions, each ready to be tested on records in place. Immutable.</summary>
internal sealed class QueryMatcher
{
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    public QueryMatcher(AuditQuery query, FunctionNames functions)
    {
        StringComparison comparison = query.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        Query = query;
        Functions = functions;
        Actors = [.. query.Actors.Select(actor => new ActorTest(actor))];
        Addresses = [.. query.Addresses.Select(address => new AddressTest(address))];
        Fields = [.. query.Fields.Select(field => (TextTest.Equal(field.Name), TestOf(field, comparison)))];
        Texts = [.. query.Texts.Select(text => TextTest.Containing(text, comparison))];
    }

    public AuditQuery Query { get; }

    public FunctionNames Functions { get; }

    /// <summary>One of them must match.</summary>
    public IReadOnlyList<ActorTest> Actors { get; }

    /// <summary>One of them must match.</summary>
    public IReadOnlyList<AddressTest> Addresses { get; }

    /// <summary>For each of them, a field must match in name and value.</summary>
    public IReadOnlyList<(TextTest Name, TextTest Value)> Fields { get; }

    /// <summary>All of them must match, each in any text of the record.</summary>
    public IReadOnlyList<TextTest> Texts { get; }

    /// <summary>The query's conditions on function and outcome, for the records of one file.</summary>
    public FunctionTest FunctionsOf(AuditLogFile file) => new(Functions, Query.Outcome, file);

    private static TextTest TestOf(AuditFieldTest test, StringComparison comparison)
    {
        if (test.Comparison == AuditFieldComparison.Equals) return TextTest.Equal(test.Text, comparison);
        if (test.Comparison == AuditFieldComparison.Contains) return TextTest.Containing(test.Text, comparison);
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
            | (comparison == StringComparison.OrdinalIgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return TextTest.Matching(new Regex(test.Text, options).IsMatch);
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

/// <summary>Matches an actor that a query gives as login, id, or <c>login:id</c>. Immutable.</summary>
internal sealed class ActorTest(string actor)
{
    private readonly byte[]? _bytes = PlainText.TryBytes(actor);

    /// <param name="view">The record.</param>
    /// <param name="hasEscapes">Whether there is an escape in the record.</param>
    public bool Matches(in RecordView view, bool hasEscapes) => _bytes is null || (hasEscapes && view.Syntax.HasEscape(view.Actor))
        ? Matches<char>(view.ReadText(view.Login), view.ReadText(view.Id), actor, ':')
        : Matches(view.Login, view.Id, _bytes, (byte)':');

    private static bool Matches<T>(ReadOnlySpan<T> login, ReadOnlySpan<T> id, ReadOnlySpan<T> actor, T colon) where T : IEquatable<T> =>
        login.SequenceEqual(actor) || id.SequenceEqual(actor)
        || (actor.Length == login.Length + id.Length + 1 && actor[login.Length].Equals(colon) && actor.StartsWith(login) && actor.EndsWith(id));
}
