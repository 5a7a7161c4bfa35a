namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Finds where quoted text ends, in each form that a database knows; <see langword="null"/> if it does not end or the end is uncertain.</summary>
internal sealed class SqlQuotes(SqlText text, SqlDialect dialect)
{
    /// <summary>The end of a text or name in quotes, backticks or brackets.</summary>
    public int? EndOf(int quoteAt, SqlBackslash backslash)
    {
        char quote = text[quoteAt] == '[' ? ']' : text[quoteAt];
        bool isBackslashed = false;
        for (int at = quoteAt + 1; at < text.Length; at++)
        {
            char c = text[at];
            if (c == quote && isBackslashed && backslash == SqlBackslash.Unclear) return null;
            if (c == quote && !(isBackslashed && backslash == SqlBackslash.Escape))
            {
                if (text[at + 1] != quote || IsSingleBracket(quote)) return at + 1;
                at++;
            }
            isBackslashed = c == '\\' && !isBackslashed;
        }
        return null;
    }

    /// <summary>The end of PostgreSQL's <c>$tag$...$tag$</c>.</summary>
    public int? EndOfDollars(int start, int body)
    {
        int length = body - start;
        for (int at = body; at < text.Length; at++)
        {
            // A tag contains no dollar sign, so a failed comparison never covers characters that another one starts with.
            if (text[at] != '$') continue;
            int same = 1;
            while (same < length && text[at + same] == text[start + same]) same++;
            if (same == length) return at + length;
            at += same - 1;
        }
        return null;
    }

    /// <summary>The end of Oracle's <c>q'[...]'</c>.</summary>
    public int? EndOfQuoteOperator(int openAt)
    {
        char open = text[openAt];
        char close = open switch { '[' => ']', '(' => ')', '{' => '}', '<' => '>', _ => open };
        for (int at = openAt + 1; at < text.Length && !dialect.IsUnknown; at++)
        {
            if (text[at] == close && text[at + 1] == '\'') return at + 2;
        }
        return null;
    }

    // SQLite ends a name at the first bracket; SQL Server reads two brackets as one.
    private bool IsSingleBracket(char quote) => quote == ']' && !dialect.NeedsNoSemicolons;
}
