using EzAudit.Formats.InPlace;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Derives the bytes to search for from a query, as a syntax writes them in records without escapes.</summary>
internal static class QueryNeedles
{
    /// <summary>Needles that every matching record contains; empty if the query has no condition that can be searched this way.</summary>
    public static IReadOnlyList<Needle> Of(AuditQuery query, RecordSyntax syntax)
    {
        var needles = new List<Needle>();
        if (OfActors(query.Actors, syntax) is { } actors) needles.Add(actors);
        foreach (AuditFieldTest field in query.Fields) needles.AddRange(OfField(field, query.IgnoreCase, syntax));
        needles.AddRange(query.Texts.Select(text => OfText(text, query.IgnoreCase, syntax)).OfType<Needle>());
        return needles;
    }

    private static Needle? OfActors(IReadOnlyList<string> actors, RecordSyntax syntax)
    {
        if (actors.Any(actor => PlainText.TryBytes(actor) is null)) return null;
        string[] alternatives = [.. actors.SelectMany(syntax.ActorNeedles)];
        return alternatives.Length is > 0 and <= Needle.MaxAlternatives ? new Needle(alternatives, syntax.EscapeStart) : null;
    }

    private static IEnumerable<Needle> OfField(AuditFieldTest field, bool ignoreCase, RecordSyntax syntax)
    {
        // A first line that is not a field has a value with an empty name, too.
        bool hasName = field.Name.Length > 0 && PlainText.TryBytes(field.Name) is not null;
        bool hasValue = !ignoreCase && field.Comparison == AuditFieldComparison.Equals && PlainText.TryBytes(field.Text) is not null;
        if (hasName)
        {
            foreach (string text in syntax.FieldNeedles(field.Name, hasValue ? field.Text : null)) yield return new Needle([text], syntax.EscapeStart);
        }
        bool isDone = (hasName && hasValue) || field.Comparison == AuditFieldComparison.Matches;
        if (!isDone && OfText(field.Text, ignoreCase, syntax) is { } part) yield return part;
    }

    private static Needle? OfText(string text, bool ignoreCase, RecordSyntax syntax)
    {
        ReadOnlySpan<char> part = ignoreCase ? PlainText.LongestAscii(text) : PlainText.Longest(text);
        return part.IsEmpty ? null : new Needle([part.ToString()], syntax.EscapeStart, ignoreCase);
    }
}
