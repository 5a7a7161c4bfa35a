using System.Text;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Matching;

/// <summary>Derives the bytes to search for from a query, as the classic format writes them in records without escapes.</summary>
internal static class QueryNeedles
{
    /// <summary>Needles that every matching record contains; empty if the query has no condition that can be searched this way.</summary>
    public static IReadOnlyList<Needle> Of(AuditQuery query)
    {
        var needles = new List<Needle>();
        if (OfActors(query.Actors) is { } actors) needles.Add(actors);
        foreach (AuditFieldTest field in query.Fields) needles.AddRange(OfField(field, query.IgnoreCase));
        needles.AddRange(query.Texts.Select(text => OfText(text, query.IgnoreCase)).OfType<Needle>());
        return needles;
    }

    private static Needle? OfActors(IReadOnlyList<string> actors)
    {
        var alternatives = new List<byte[]>();
        foreach (string actor in actors)
        {
            if (PlainText.TryBytes(actor) is null) return null;
            alternatives.AddRange(OfActor(actor).Select(Encoding.UTF8.GetBytes));
        }
        return alternatives.Count is > 0 and <= Needle.MaxAlternatives ? new Needle(alternatives) : null;
    }

    // An id has no colon: it starts after the last one.
    private static IEnumerable<string> OfActor(string actor) =>
        actor.Contains(':', StringComparison.Ordinal) ? [$"] [{actor}"] : [$"] [{actor}:", $":{actor}]"];

    private static IEnumerable<Needle> OfField(AuditFieldTest field, bool ignoreCase)
    {
        // A first line that is not a field has a value with an empty name, too.
        bool hasName = field.Name.Length > 0 && PlainText.TryBytes(field.Name) is not null;
        string name = hasName ? $"\n{field.Name}: " : "";
        if (field.Comparison == AuditFieldComparison.Matches)
        {
            if (hasName) yield return new Needle(Encoding.UTF8.GetBytes(name));
            yield break;
        }
        if (!ignoreCase && hasName && field.Comparison == AuditFieldComparison.Equals && PlainText.TryBytes(field.Text) is not null)
        {
            yield return new Needle(Encoding.UTF8.GetBytes(name + field.Text));
            yield break;
        }
        if (hasName) yield return new Needle(Encoding.UTF8.GetBytes(name));
        if (OfText(field.Text, ignoreCase) is { } text) yield return text;
    }

    private static Needle? OfText(string text, bool ignoreCase)
    {
        ReadOnlySpan<char> part = ignoreCase ? PlainText.LongestAscii(text) : PlainText.Longest(text);
        if (part.IsEmpty) return null;
        byte[] bytes = Encoding.UTF8.GetBytes(part.ToString());
        return ignoreCase ? Needle.OfAnyCase(bytes) : new Needle(bytes);
    }
}

/// <summary>Chooses which needle of a query to search for: one is enough, because the records around its matches are tested in full.</summary>
internal static class NeedleChoice
{
    private const int SampleSize = 256 << 10;

    /// <summary>The needle that is rarest in the middle of the file; <see langword="null"/> without needles.</summary>
    public static Needle? Rarest(IReadOnlyList<Needle> needles, PlainContent content, long length)
    {
        if (needles.Count < 2) return Longest(needles);
        byte[] sample = new byte[Math.Min(SampleSize, length)];
        int count = content.Read(sample, Math.Max(0, (length - SampleSize) / 2));
        return needles.MinBy(needle => (needle.CountIn(sample.AsSpan(0, count)), -needle.Length));
    }

    /// <summary>The longest needle.</summary>
    public static Needle? Longest(IReadOnlyList<Needle> needles) => needles.MaxBy(needle => needle.Length);
}
