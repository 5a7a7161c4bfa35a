namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Reads the tables, joins and aliases of a <c>FROM</c> clause or the start of an <c>UPDATE</c>.</summary>
internal sealed class SqlSources
{
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "WHERE", "SET", "FROM", "GROUP", "ORDER", "HAVING", "UNION", "EXCEPT", "INTERSECT", "OPTION", "VALUES", "LIMIT", "RETURNING", "OUTPUT", "WINDOW",
    };

    private static readonly HashSet<string> NoAliases = new(StringComparer.Ordinal)
    {
        "ON", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "OUTER", "NATURAL", "JOIN", "APPLY", "STRAIGHT_JOIN", "USING", "WITH", "FOR", "PIVOT", "UNPIVOT",
        "TABLESAMPLE", "PARTITION", "USE", "FORCE", "IGNORE", "INDEXED", "NOT", "DEFAULT", "SELECT",
    };

    private readonly SqlTokens _tokens;
    private readonly int _end;
    private readonly List<SqlSource> _found = [];
    private int _at;

    private SqlSources(SqlTokens tokens, int at, int end) => (_tokens, _at, _end) = (tokens, at, end);

    /// <summary>Reads the sources at an index, and moves the index past them.</summary>
    public static IReadOnlyList<SqlSource> At(SqlTokens tokens, ref int at, int end)
    {
        var sources = new SqlSources(tokens, at, end);
        sources.Read();
        at = sources._at;
        return sources._found;
    }

    private void Read()
    {
        int depth = 0;
        bool isExpected = true;
        while (_at < _end)
        {
            string word = _tokens.WordAt(_at);
            if (_tokens.IsSymbol(_at, '('))
            {
                bool isQuery = _tokens.WordAt(_at + 1) is "SELECT" or "WITH" or "VALUES";
                if (isExpected && !isQuery)
                {
                    depth++;
                    _at++;
                    continue;
                }
                _at = Math.Min(_tokens.AfterParentheses(_at), _end);
                if (isExpected) Add(null);
                isExpected = false;
            }
            else if (_tokens.IsSymbol(_at, ')'))
            {
                if (depth-- == 0) return;
                _at++;
            }
            else if (depth == 0 && Ends.Contains(word) && !_tokens.IsWord(_at - 1, "DISTINCT")) return;
            else if (_tokens.IsSymbol(_at, ',') || word is "JOIN" or "APPLY" or "STRAIGHT_JOIN")
            {
                isExpected = true;
                _at++;
            }
            else if (isExpected && word is "ONLY" or "LATERAL") _at++;
            else if (isExpected && _tokens.NameAt(ref _at) is { } table)
            {
                Add(table);
                isExpected = false;
            }
            else
            {
                isExpected = false;
                _at++;
            }
        }
    }

    private void Add(SqlName? table)
    {
        bool isAlias = _tokens.IsWord(_at, "AS");
        if (isAlias) _at++;
        string word = _tokens.WordAt(_at);
        bool isWord = word.Length > 0;
        if (_at < _end && (isAlias || !isWord || (!Ends.Contains(word) && !NoAliases.Contains(word))) && _tokens.PartAt(_at) is { } alias)
        {
            _at++;
            _found.Add(new SqlSource(alias, table, HasAlias: true));
        }
        else
        {
            _found.Add(new SqlSource(table?.Table ?? "", table, HasAlias: false));
        }
    }
}

/// <summary>What a statement reads from, or names as the table to change.</summary>
/// <param name="Alias">The name that the rest of the statement uses.</param>
/// <param name="Table">The table; <see langword="null"/> for a subquery.</param>
/// <param name="HasAlias">Whether the alias differs from the table's own name.</param>
internal sealed record SqlSource(string Alias, SqlName? Table, bool HasAlias);
