using System.Text;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Reading;

/// <summary>The conditions of a query as far as SQL can test them: all records that match satisfy them, and a few others. Immutable.</summary>
/// <param name="query">The query.</param>
internal sealed class StoreQuery(AuditQuery query)
{
    private const int IndexedLength = 64;
    private const int MostBranches = 6;

    /// <summary>The earliest time that is worth looking at, in microseconds.</summary>
    public long Since { get; } = query.Since is { } since ? StoreTime.MicrosecondsOf(since) : StoreTime.Past;

    /// <summary>The latest time that is worth looking at, inclusive.</summary>
    public long Until { get; } = query.Until is { } until ? StoreTime.MicrosecondsOf(until) : StoreTime.Future;

    /// <summary>Whether SQL tests all conditions, so that no other record satisfies them.</summary>
    public bool IsExact { get; } = query.Outcome is null && query.Texts.Count == 0 && !query.Addresses.Any(AddressKey.IsNetwork)
        && query.Addresses.All(address => address.Length < IndexedLength - 1)
        && query.Fields.All(field => field.Comparison == AuditFieldComparison.Equals && !query.IgnoreCase);

    /// <summary>
    /// Conditions that exclude each other, and of which a record must meet one. An index has the records of each in the order of time, but not those of
    /// several.
    /// </summary>
    public IReadOnlyList<string> Branches(SqlText sql)
    {
        string common = string.Concat(Conditions(sql).Select(condition => " AND " + condition));
        string[] actors = [.. query.Actors.SelectMany(actor => ActorConditions(sql, actor))];
        if (actors.Length == 0) return [common];
        if (actors.Length > MostBranches) return [$"{common} AND ({string.Join(" OR ", actors)})"];
        return [.. actors.Select((actor, i) => $"{common} AND {actor}{string.Concat(actors[..i].Select(other => $" AND NOT {other}"))}")];
    }

    private IEnumerable<string> Conditions(SqlText sql)
    {
        if (query.Since is { } since) yield return $"ticks >= {sql.Parameter(since.UtcTicks, NpgsqlDbType.Bigint)}";
        if (query.Until is { } until) yield return $"ticks < {sql.Parameter(until.UtcTicks, NpgsqlDbType.Bigint)}";
        if (FunctionCondition(sql) is { } function) yield return function;
        if (query.Addresses.Count > 0 && !query.Addresses.Any(AddressKey.IsNetwork))
            yield return $"address_key = ANY ({TextArray(sql, query.Addresses.Select(address => StoreText.Encode(AddressKey.Of(address))))})";
        foreach (AuditFieldTest field in query.Fields)
        {
            if (field.Comparison == AuditFieldComparison.Equals && !query.IgnoreCase) yield return $"fields @> {sql.Parameter(Pair(field), NpgsqlDbType.Jsonb)}";
            else if (field.Comparison != AuditFieldComparison.Matches && TextCondition(sql, field.Text) is { } value) yield return value;
        }
        foreach (string text in query.Texts)
        {
            if (TextCondition(sql, text) is { } condition) yield return condition;
        }
    }

    private string? FunctionCondition(SqlText sql)
    {
        if (query.Functions.Count == 0) return null;
        bool hasPatterns = query.Functions.Any(function => function.Contains('*', StringComparison.Ordinal));
        IEnumerable<string> functions = query.Functions.Select(StoreText.Encode);
        if (hasPatterns) functions = functions.Select(function => LikePattern(function).Replace("*", "%", StringComparison.Ordinal));
        return $"function {(hasPatterns ? "LIKE" : "=")} ANY ({TextArray(sql, functions)})";
    }

    private static string TextArray(SqlText sql, IEnumerable<string> texts) => sql.Parameter(texts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static IEnumerable<string> ActorConditions(SqlText sql, string actor)
    {
        yield return $"({Indexed(sql, "login", actor)})";
        yield return $"({Indexed(sql, "actor_id", actor)})";
        for (int colon = actor.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = actor.IndexOf(':', colon + 1))
            yield return $"({Indexed(sql, "login", actor[..colon])} AND {Indexed(sql, "actor_id", actor[(colon + 1)..])})";
    }

    // The index has the start of the text only.
    private static string Indexed(SqlText sql, string column, string text)
    {
        string value = sql.Text(StoreText.Encode(text));
        return $"left({column}, {IndexedLength}) = left({value}, {IndexedLength}) AND {column} = {value}";
    }

    private static string Pair(AuditFieldTest field)
    {
        string name = StoreText.Encode(field.Name);
        string value = StoreText.Encode(field.Text);
        byte[] bytes = new byte[(name.Length + value.Length) * 6 + 9];
        int count = 0;
        bytes[count++] = (byte)'[';
        bytes[count++] = (byte)'{';
        count += JsonString.Write(name, bytes.AsSpan(count));
        bytes[count++] = (byte)':';
        count += JsonString.Write(value, bytes.AsSpan(count));
        bytes[count++] = (byte)'}';
        bytes[count++] = (byte)']';
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    private string? TextCondition(SqlText sql, string text)
    {
        string part = LongestPlain(text);
        // The same expression as in the index; its collation folds ASCII only, and so does the part.
        return part.Length == 0 ? null
            : $"ezaudit.search_text(login, actor_id, address, fields) {(query.IgnoreCase ? "ILIKE" : "LIKE")} {sql.Text($"%{LikePattern(part)}%")}";
    }

    // The longest part that JSON and StoreText write as it is, and without regard to case only ASCII, which ordinal comparison never equates with other letters.
    private string LongestPlain(string text)
    {
        int longest = 0;
        int length = 0;
        for (int i = 0, start = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' || c is '"' or '\\' || char.IsSurrogate(c) || (query.IgnoreCase && c > '~')) start = i + 1;
            if (i + 1 - start > length) (longest, length) = (start, i + 1 - start);
        }
        return text.Substring(longest, length);
    }

    private static string LikePattern(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
