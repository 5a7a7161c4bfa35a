namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Finds the tables behind aliases and common table expressions that a statement changes instead of a table.</summary>
/// <param name="tokens">The SQL.</param>
/// <param name="start">Where the statement begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class SqlAliases(SqlTokens tokens, int start, int end)
{
    private Dictionary<string, SqlName?>? _expressions;

    /// <summary>The table that the name after a verb refers to, according to the <c>FROM</c> clause; <see langword="null"/> if it is unclear.</summary>
    public SqlName? Resolve(SqlName? name, int after) => Resolve([name], after)[0];

    public IReadOnlyList<SqlName?> Resolve(IReadOnlyList<SqlName?> names, int after)
    {
        if (!tokens.Dialect.CanUpdateAlias || names.All(name => name is not { Parts.Count: 1 })) return names;
        Dictionary<string, SqlSource> sources = ByAlias(Sources(after, end));
        return [.. names.Select(name => name is { Parts.Count: 1 } ? Resolve(name, sources) : name)];
    }

    /// <summary>The tables that the assignments of <c>SET</c> change; all of them if a column does not name its table.</summary>
    public static IEnumerable<SqlName?> Set(SqlTokens tokens, IReadOnlyList<SqlSource> sources, int at, int end)
    {
        Dictionary<string, SqlSource> byAlias = ByAlias(sources);
        var changed = new HashSet<SqlName?>();
        int depth = 0;
        for (; at < end && !(depth == 0 && tokens.WordAt(at) is "WHERE" or "FROM" or "ORDER" or "LIMIT"); at++)
        {
            if (tokens.IsSymbol(at, '(')) depth++;
            else if (tokens.IsSymbol(at, ')')) depth--;
            if (depth != 0 || !(tokens.IsWord(at, "SET") || tokens.IsSymbol(at, ','))) continue;
            int name = at + 1;
            if (tokens.NameAt(ref name) is not { Parts.Count: > 1 } column || !byAlias.TryGetValue(column.Parts[^2], out SqlSource? source))
                return sources.Select(each => each.Table);
            changed.Add(source.Table);
        }
        return changed;
    }

    /// <summary>The table behind a common table expression; any other name is its own table.</summary>
    public SqlName? Expression(SqlName? name) =>
        tokens.Dialect.CanUpdateAlias && name is { Parts.Count: 1 } && Expressions.TryGetValue(name.Table, out SqlName? table) ? table : name;

    private static Dictionary<string, SqlSource> ByAlias(IReadOnlyList<SqlSource> sources)
    {
        var byAlias = new Dictionary<string, SqlSource>(StringComparer.OrdinalIgnoreCase);
        foreach (SqlSource source in sources) byAlias.TryAdd(source.Alias, source);
        return byAlias;
    }

    private SqlName? Resolve(SqlName name, Dictionary<string, SqlSource> sources) =>
        Expression(sources.TryGetValue(name.Table, out SqlSource? source) && source.HasAlias ? source.Table : name);

    private SqlName? InExpression(int body)
    {
        IReadOnlyList<SqlSource> sources = Sources(body + 1, tokens.AfterParentheses(body) - 1);
        return sources is [{ Table: { } table }] ? _expressions!.GetValueOrDefault(table.Table, table) : null;
    }

    private IReadOnlyList<SqlSource> Sources(int at, int limit)
    {
        int depth = 0;
        for (; at < limit; at++)
        {
            if (tokens.IsSymbol(at, '(')) depth++;
            else if (tokens.IsSymbol(at, ')')) depth--;
            if (depth < 0) break;
            if (depth > 0) continue;
            string word = tokens.WordAt(at);
            if (word is "FROM" or "USING" && !tokens.IsWord(at - 1, "DISTINCT"))
            {
                at++;
                return SqlSources.At(tokens, ref at, limit);
            }
            if (word.Length > 0 && tokens.Dialect.NeedsNoSemicolons && SqlVerbs.BeginsStatement(tokens, at)) break;
        }
        return [];
    }

    // Maps each name to its table; null if it has several.
    private Dictionary<string, SqlName?> Expressions
    {
        get
        {
            if (_expressions is not null) return _expressions;
            _expressions = new Dictionary<string, SqlName?>(StringComparer.OrdinalIgnoreCase);
            int at = start;
            while (at < end && (at == start ? tokens.IsWord(at, "WITH") : tokens.IsSymbol(at, ',')))
            {
                at += tokens.IsWord(at + 1, "RECURSIVE") ? 2 : 1;
                if (tokens.NameAt(ref at) is not { } name) break;
                if (tokens.IsSymbol(at, '(')) at = tokens.AfterParentheses(at);
                while (tokens.WordAt(at) is "AS" or "NOT" or "MATERIALIZED") at++;
                if (!tokens.IsSymbol(at, '(')) break;
                _expressions.TryAdd(name.Table, InExpression(at));
                at = tokens.AfterParentheses(at);
            }
            return _expressions;
        }
    }
}
