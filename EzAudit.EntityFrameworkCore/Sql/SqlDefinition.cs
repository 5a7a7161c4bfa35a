namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Recognizes the definition of a trigger, procedure or function. The statements in its body do not run now.</summary>
internal static class SqlDefinition
{
    private const int MostWordsBefore = 12;

    public static bool Starts(SqlTokens tokens, int start)
    {
        for (int at = start + 1; at < start + MostWordsBefore && !tokens.IsSymbol(at, '(') && !tokens.IsSymbol(at, ';'); at++)
        {
            switch (tokens.WordAt(at))
            {
                case "TRIGGER" or "PROCEDURE" or "PROC" or "FUNCTION" or "EVENT" or "PACKAGE":
                    return true;
                case "TABLE" or "VIEW" or "INDEX" or "USER" or "LOGIN" or "ROLE" or "SCHEMA" or "DATABASE":
                    return false;
            }
        }
        return false;
    }

    /// <summary>The end of the definition: the semicolon after the body, or the end of the text if the body extends to it.</summary>
    public static int EndOf(SqlTokens tokens, int at)
    {
        if (tokens.Dialect.NeedsNoSemicolons || tokens.Dialect.HasQuoteOperator || tokens.Dialect.IsUnknown) return tokens.Count;
        int depth = 0;
        for (; at < tokens.Count; at++)
        {
            if (depth <= 0 && tokens.IsSymbol(at, ';')) return at;
            string word = tokens.WordAt(at);
            if (word is "BEGIN" or "CASE") depth++;
            else if (word == "END")
            {
                string next = tokens.WordAt(at + 1);
                if (next is "IF" or "LOOP" or "WHILE" or "REPEAT") continue;
                depth--;
                if (next == "CASE") at++;
            }
        }
        return at;
    }
}
