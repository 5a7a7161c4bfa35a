namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>The tokens of a text. It counts how often tokens are read.</summary>
internal sealed class SqlTokens
{
    private readonly IReadOnlyList<SqlToken> _tokens;

    public SqlTokens(string text, SqlDialect dialect)
    {
        (Text, Dialect) = (new SqlText(text), dialect);
        _tokens = SqlTokenizer.Tokens(Text, dialect);
    }

    public SqlText Text { get; }

    public SqlDialect Dialect { get; }

    public int Count => _tokens.Count;

    public long Reads { get; private set; }

    /// <summary>The token at an index, or an empty symbol outside the text.</summary>
    public SqlToken this[int at]
    {
        get
        {
            Reads++;
            return (uint)at < (uint)_tokens.Count ? _tokens[at] : new SqlToken(SqlTokenKind.Symbol, 0, 0);
        }
    }

    public bool IsWord(int at, string word)
    {
        SqlToken token = this[at];
        return token.Kind == SqlTokenKind.Word && Text.SpanOf(token).Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The word in upper case, or an empty string if there is none.</summary>
    public string WordAt(int at)
    {
        SqlToken token = this[at];
        return token.Kind == SqlTokenKind.Word ? Text.Of(token).ToUpperInvariant() : "";
    }

    public bool IsSymbol(int at, char symbol)
    {
        SqlToken token = this[at];
        return token.Kind == SqlTokenKind.Symbol && token.End == token.Start + 1 && Text[token.Start] == symbol;
    }

    /// <summary>The index after the parentheses that open at an index.</summary>
    public int AfterParentheses(int at)
    {
        int depth = 0;
        for (; at < Count; at++)
        {
            if (IsSymbol(at, '(')) depth++;
            else if (IsSymbol(at, ')') && --depth == 0) return at + 1;
        }
        return at;
    }

    /// <summary>Reads the name at an index, and moves the index past it.</summary>
    public SqlName? NameAt(ref int at)
    {
        if (PartAt(at) is not { } first) return null;
        var parts = new List<string> { first };
        at++;
        while (IsSymbol(at, '.'))
        {
            if (PartAt(at + 1) is { } part)
            {
                parts.Add(part);
                at += 2;
            }
            else
            {
                // SQL Server allows database..table.
                if (!IsSymbol(at + 1, '.')) break;
                parts.Add("");
                at++;
            }
        }
        return new SqlName(parts);
    }

    /// <summary>The name in a single token.</summary>
    public string? PartAt(int at)
    {
        SqlToken token = this[at];
        return token.Kind switch
        {
            SqlTokenKind.Word => Dialect.Unquoted(Text.Of(token)),
            SqlTokenKind.Name or SqlTokenKind.DoubleQuoted => Unquote(Text.SpanOf(token)),
            SqlTokenKind.Text when Dialect.IsTextAName && Text[token.Start] == '\'' => Unquote(Text.SpanOf(token)),
            SqlTokenKind.Parameter when Dialect.NeedsNoSemicolons => Text.Of(token),
            _ => null,
        };
    }

    private static string Unquote(ReadOnlySpan<char> quoted)
    {
        string end = quoted[^1].ToString();
        return quoted[1..^1].ToString().Replace(end + end, end, StringComparison.Ordinal);
    }
}

/// <summary>A name in a statement, with its parts as the database interprets them.</summary>
/// <param name="Parts">The parts: the table last, its schema before it.</param>
internal sealed record SqlName(IReadOnlyList<string> Parts)
{
    public string Table => Parts[^1];

    public string? Schema => Parts.Count > 1 && Parts[^2].Length > 0 ? Parts[^2] : null;

    /// <summary>Whether the name includes a database, which may differ from the model's.</summary>
    public bool NamesDatabase => Parts.Count > 2;

    public override string ToString() => string.Join('.', Parts);
}
