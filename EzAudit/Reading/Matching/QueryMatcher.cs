using System.Text.RegularExpressions;
using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>A compiled query: its conditions, each ready to be tested on records in place, and the bytes to search for. Immutable.</summary>
internal sealed class QueryMatcher
{
    /// <param name="query">The query.</param>
    /// <param name="definitions">The functions that are defined, by name.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    public QueryMatcher(AuditQuery query, IReadOnlyDictionary<string, AuditFunction> definitions)
    {
        StringComparison comparison = query.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        Query = query;
        Definitions = definitions;
        Actors = [.. query.Actors.Select(actor => new ActorTest(actor))];
        Addresses = [.. query.Addresses.Select(address => new AddressTest(address))];
        Fields = [.. query.Fields.Select(field => (TextTest.Equal(field.Name), TestOf(field, comparison)))];
        Texts = [.. query.Texts.Select(text => TextTest.Containing(text, comparison))];
    }

    public AuditQuery Query { get; }

    public IReadOnlyDictionary<string, AuditFunction> Definitions { get; }

    /// <summary>One of them must match.</summary>
    public IReadOnlyList<ActorTest> Actors { get; }

    /// <summary>One of them must match.</summary>
    public IReadOnlyList<AddressTest> Addresses { get; }

    /// <summary>For each of them, a field must match in name and value.</summary>
    public IReadOnlyList<(TextTest Name, TextTest Value)> Fields { get; }

    /// <summary>All of them must match, each in any text of the record.</summary>
    public IReadOnlyList<TextTest> Texts { get; }

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

    /// <summary>Whether a file may hold records of a matching function.</summary>
    /// <param name="functions">The functions of the file.</param>
    public bool MayBeIn(IReadOnlyList<string> functions) =>
        Query.Functions.Count == 0 || functions.Count == 0 || functions.Any(function => function == "*" || IsFunction(function));

    /// <summary>Whether a function matches.</summary>
    public bool IsFunction(string function) => Query.Functions.Count == 0 || Query.Functions.Any(pattern => Fits(pattern, function));

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

    /// <summary>
    /// Needles that every matching record without escapes contains, as a syntax writes them; empty if the query has no condition that can be searched this way.
    /// </summary>
    public IReadOnlyList<Needle> NeedlesIn(RecordSyntax syntax)
    {
        var needles = new List<Needle>();
        if (NeedleOfActors(syntax) is { } actors) needles.Add(actors);
        foreach (AuditFieldTest field in Query.Fields) needles.AddRange(NeedlesOf(field, syntax));
        needles.AddRange(Query.Texts.Select(text => NeedleOf(text, syntax)).OfType<Needle>());
        return needles;
    }

    private Needle? NeedleOfActors(RecordSyntax syntax)
    {
        if (Query.Actors.Any(actor => PlainText.TryBytes(actor) is null)) return null;
        string[] alternatives = [.. Query.Actors.SelectMany(syntax.ActorNeedles)];
        return alternatives.Length is > 0 and <= Needle.MaxAlternatives ? new Needle(alternatives, syntax.EscapeStart) : null;
    }

    private IEnumerable<Needle> NeedlesOf(AuditFieldTest field, RecordSyntax syntax)
    {
        // A first line that is not a field has a value with an empty name, too.
        bool hasName = field.Name.Length > 0 && PlainText.TryBytes(field.Name) is not null;
        bool hasValue = !Query.IgnoreCase && field.Comparison == AuditFieldComparison.Equals && PlainText.TryBytes(field.Text) is not null;
        if (hasName)
        {
            foreach (string text in syntax.FieldNeedles(field.Name, hasValue ? field.Text : null)) yield return new Needle([text], syntax.EscapeStart);
        }
        bool isDone = (hasName && hasValue) || field.Comparison == AuditFieldComparison.Matches;
        if (!isDone && NeedleOf(field.Text, syntax) is { } part) yield return part;
    }

    private Needle? NeedleOf(string text, RecordSyntax syntax)
    {
        ReadOnlySpan<char> part = Query.IgnoreCase ? PlainText.LongestAscii(text) : PlainText.Longest(text);
        return part.IsEmpty ? null : new Needle([part.ToString()], syntax.EscapeStart, Query.IgnoreCase);
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
