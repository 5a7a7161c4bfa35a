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

    /// <summary>How the records that satisfy the conditions are best searched for.</summary>
    public StoreAccess Access { get; } = AccessOf(query);

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
            yield return $"address_key {EqualsAny(sql, query.Addresses.Select(address => StoreText.Encode(AddressKey.Of(address))))}";
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
        IEnumerable<string> functions = query.Functions.Select(StoreText.Encode);
        if (!query.Functions.Any(IsPattern)) return $"function {EqualsAny(sql, functions)}";
        return $"function LIKE ANY ({TextArray(sql, functions.Select(function => LikePattern(function).Replace("*", "%", StringComparison.Ordinal)))})";
    }

    private static StoreAccess AccessOf(AuditQuery query)
    {
        if (query.Texts.Count > 0 || query.Fields.Any(field => field.Comparison != AuditFieldComparison.Equals || query.IgnoreCase)) return StoreAccess.ByText;
        bool isOrdered = query.Fields.Count == 0 && query.Actors.Count <= MostBranches && query.Functions.Count <= 1 && query.Addresses.Count <= 1
            && !query.Functions.Any(IsPattern) && Math.Sign(query.Actors.Count) + query.Functions.Count + query.Addresses.Count <= 1;
        return isOrdered ? StoreAccess.InOrder : StoreAccess.Mixed;
    }

    private static bool IsPattern(string function) => function.Contains('*', StringComparison.Ordinal);

    // An index has the records of one value in the order of time, but not those of several.
    private static string EqualsAny(SqlText sql, IEnumerable<string> texts) =>
        texts.ToArray() is [string only] ? $"= {sql.Text(only)}" : $"= ANY ({TextArray(sql, texts)})";

    private static string TextArray(SqlText sql, IEnumerable<string> texts) => sql.Parameter(texts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static IEnumerable<string> ActorConditions(SqlText sql, string actor)
    {
        yield return $"({Indexed(sql, "login", actor)})";
        yield return $"({Indexed(sql, "actor_id", actor)})";
        for (int colon = actor.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = actor.IndexOf(':', colon + 1))
            yield return $"({Indexed(sql, "login", actor[..colon])} AND {Hidden($"actor_id = {sql.Text(StoreText.Encode(actor[(colon + 1)..]))}")})";
    }

    // The index has the start of the text only. A shorter text is compared once: PostgreSQL takes a second comparison for a further restriction, expects
    // hardly any records, and sorts all of them instead of reading the newest ones from the index.
    private static string Indexed(SqlText sql, string column, string text)
    {
        string value = StoreText.Encode(text);
        string start = StartOf(value);
        string condition = $"left({column}, {IndexedLength}) = {sql.Text(start)}";
        return start.Length < IndexedLength ? condition : $"{condition} AND {Hidden($"{column} = {sql.Text(value)}")}";
    }

    // A condition that PostgreSQL does not take into account when it estimates how many records there are: a login nearly always has the same id.
    private static string Hidden(string condition) => $"CASE WHEN {condition} THEN true ELSE false END";

    // PostgreSQL counts code points.
    private static string StartOf(string text) =>
        text.Length <= IndexedLength ? text : string.Concat(text.EnumerateRunes().Take(IndexedLength).Select(rune => rune.ToString()));

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

/// <summary>How records are searched for in the order of time.</summary>
internal enum StoreAccess
{
    /// <summary>An index has them in order, whatever the values are: one statement over all months, whose plan may be kept.</summary>
    InOrder,

    /// <summary>The best plan depends on the values, and may read all matching records of a month: month by month, then several at once.</summary>
    Mixed,

    /// <summary>The index for text search, where there is one: part by part.</summary>
    ByText,
}
