using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Formats arrays, dictionaries and JSON documents as JSON, to tell <c>a, b</c> from <c>a</c> and <c>b</c>, and null from empty.</summary>
internal static class StructuredText
{
    private const int MaxDepth = 16;

    /// <summary>The text; <see langword="null"/> for a value without parts.</summary>
    public static string? Of(object value)
    {
        if (DocumentOf(value) is { } document) return document;
        if (RangeText.Of(value) is { } range) return range;
        if (!IsCollection(value)) return null;
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    public static string? DocumentOf(object value) => value switch
    {
        JsonDocument document => document.RootElement.GetRawText(),
        JsonElement element => element.GetRawText(),
        JsonNode node => node.ToJsonString(),
        _ => null,
    };

    // A collection with its own text, such as PostgreSQL's path, says more in it than its items do.
    private static bool IsCollection(object value) => value is IEnumerable and not string
        && value.GetType().GetMethod(nameof(ToString), [])?.DeclaringType is { } type && (type == typeof(object) || type == typeof(ValueType));

    private static void Append(StringBuilder text, object? item, int depth)
    {
        switch (item)
        {
            case null or DBNull:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                text.Append(((IFormattable)item).ToString(null, CultureInfo.InvariantCulture));
                break;
            case string inner:
                AppendQuoted(text, inner);
                break;
            case byte[]:
                AppendQuoted(text, ColumnText.Of(item));
                break;
            case not null when DocumentOf(item) is { } document:
                text.Append(document);
                break;
            case not null when depth < MaxDepth && IsCollection(item):
                AppendCollection(text, item, depth + 1);
                break;
            default:
                AppendQuoted(text, RangeText.Of(item) ?? new AuditField("", item).Value);
                break;
        }
    }

    private static void AppendCollection(StringBuilder text, object collection, int depth)
    {
        if (collection is IDictionary dictionary) AppendDictionary(text, dictionary, depth);
        else if (collection is Array { Rank: > 1 } array) AppendDimension(text, array, new int[array.Rank], 0, depth);
        else AppendItems(text, ((IEnumerable)collection).Cast<object?>(), '[', ']', item => Append(text, item, depth));
    }

    private static void AppendDictionary(StringBuilder text, IDictionary dictionary, int depth)
    {
        // PostgreSQL's hstore has no order. Sorting gives equal values equal texts.
        IEnumerable<(string Key, object? Value)> entries = dictionary.Keys.Cast<object>()
            .Select(key => (key as string ?? ColumnText.Of(key), dictionary[key])).OrderBy(entry => entry.Item1, StringComparer.Ordinal);
        AppendItems(text, entries, '{', '}', entry =>
        {
            AppendQuoted(text, entry.Key);
            text.Append(':');
            Append(text, entry.Value, depth);
        });
    }

    private static void AppendDimension(StringBuilder text, Array array, int[] at, int dimension, int depth)
    {
        IEnumerable<int> places = Enumerable.Range(array.GetLowerBound(dimension), array.GetLength(dimension));
        AppendItems(text, places, '[', ']', place =>
        {
            at[dimension] = place;
            if (dimension == array.Rank - 1) Append(text, array.GetValue(at), depth);
            else AppendDimension(text, array, at, dimension + 1, depth);
        });
    }

    private static void AppendItems<T>(StringBuilder text, IEnumerable<T> items, char open, char close, Action<T> append)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            append(item);
        }
        text.Append(close);
    }

    // Utf8JsonWriter would turn all lone surrogates into the same replacement character.
    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c < ' ') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else text.Append(c);
        }
        text.Append('"');
    }
}

/// <summary>Formats PostgreSQL's ranges. Their own text depends on the culture and omits fractions of a second.</summary>
internal static class RangeText
{
    // By name, because EzAudit depends on no provider.
    private const string TypeName = "NpgsqlTypes.NpgsqlRange`1";

    /// <summary>The text, such as <c>[1,10)</c>; <see langword="null"/> if the value is not a range.</summary>
    public static string? Of(object value)
    {
        Type type = value.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition().FullName != TypeName) return null;
        if (Is("IsEmpty")) return "empty";
        string lower = Is("LowerBoundInfinite") ? "" : Bound("LowerBound");
        string upper = Is("UpperBoundInfinite") ? "" : Bound("UpperBound");
        return $"{(Is("LowerBoundIsInclusive") ? '[' : '(')}{lower},{upper}{(Is("UpperBoundIsInclusive") ? ']' : ')')}";

        bool Is(string name) => type.GetProperty(name)?.GetValue(value) is true;
        string Bound(string name) => ColumnText.Of(type.GetProperty(name)?.GetValue(value));
    }
}
