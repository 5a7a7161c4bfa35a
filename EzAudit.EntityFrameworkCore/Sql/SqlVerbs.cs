using System.Text.RegularExpressions;

namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>The words that start statements, and whether those statements change rows.</summary>
internal static partial class SqlVerbs
{
    // A statement that starts with any other word may do anything: SQL Server runs a procedure that is named without EXEC.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "SET", "PRAGMA", "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT",
        "SAVEPOINT", "SAVE", "RELEASE", "CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "DENY", "ANALYZE", "VACUUM", "REINDEX", "REFRESH", "CLUSTER",
        "CHECKPOINT", "ATTACH", "DETACH", "USE", "DECLARE", "OPEN", "FETCH", "CLOSE", "DEALLOCATE", "MOVE", "LISTEN", "UNLISTEN", "NOTIFY", "LOCK", "UNLOCK",
        "PREPARE", "RESET", "DISCARD", "SECURITY", "REASSIGN", "PRINT", "RAISERROR", "THROW", "WAITFOR", "IF", "WHILE", "ELSE", "RETURN", "GOTO", "BREAK",
        "CONTINUE", "GO", "DBCC", "KILL", "FLUSH", "OPTIMIZE", "CHECK", "REPAIR", "HELP", "RENAME", "BACKUP", "RESTORE", "ENABLE", "DISABLE", "RECONFIGURE",
        "SIGNAL", "XA", "COPY", "BULK",
    };

    private static readonly HashSet<string> Changing = new(StringComparer.Ordinal)
    {
        "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT", "TRUNCATE", "COPY", "LOAD", "EXEC", "EXECUTE", "CALL", "DO", "DROP", "UPDATETEXT", "WRITETEXT",
    };

    // After these words, a verb does not start a statement in SQL Server.
    private static readonly HashSet<string> NoBeginnings = new(StringComparer.Ordinal)
    {
        "FOR", "ON", "THEN", "AS", "OF", "AFTER", "GRANT", "DENY", "REVOKE", "NOT", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "CREATE", "ALTER", "WITH",
    };

    public static bool IsHarmless(string word) => Harmless.Contains(word);

    public static bool IsChanging(string word) => Changing.Contains(word);

    /// <summary>Whether a verb without a preceding semicolon starts a statement in SQL Server, judged by the tokens around it.</summary>
    public static bool BeginsStatement(SqlTokens tokens, int at)
    {
        bool isAfterSymbol = tokens[at - 1].Kind == SqlTokenKind.Symbol;
        if (isAfterSymbol && !tokens.IsSymbol(at - 1, ')') && !tokens.IsSymbol(at - 1, '*') && !tokens.IsSymbol(at - 1, ':')) return false;
        if (NoBeginnings.Contains(tokens.WordAt(at - 1))) return false;
        return tokens.WordAt(at) switch
        {
            "INSERT" or "DELETE" or "TRUNCATE" or "UPDATETEXT" or "WRITETEXT" => true,
            "UPDATE" => !tokens.IsSymbol(at + 1, '(') && !tokens.IsWord(at + 1, "STATISTICS"),
            "MERGE" => !tokens.IsWord(at + 1, "JOIN") && !tokens.IsWord(at + 1, "UNION"),
            "EXEC" or "EXECUTE" => !tokens.IsWord(at + 1, "AS"),
            "DROP" => tokens.IsWord(at + 1, "TABLE"),
            _ => false,
        };
    }

    /// <summary>Finds a verb in text that could not be split into tokens; <see langword="null"/> if there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isAnywhere">Whether the verb may be anywhere, not only after the end of a statement, comment or parenthesis.</param>
    public static string? In(ReadOnlySpan<char> text, bool isAnywhere)
    {
        foreach (ValueMatch match in (isAnywhere ? Anywhere() : AfterAnEnd()).EnumerateMatches(text))
        {
            return text.Slice(match.Index, match.Length).TrimStart(" \t\r\n;()*/").ToString().ToUpperInvariant();
        }
        return null;
    }

    [GeneratedRegex(@"\b(INSERT|UPDATE|DELETE|MERGE|REPLACE|UPSERT|TRUNCATE|COPY|LOAD|EXEC|EXECUTE|CALL|DROP)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"[;()/]\s*(INSERT|UPDATE|DELETE|MERGE|REPLACE|UPSERT|TRUNCATE|COPY|LOAD|EXEC|EXECUTE|CALL|DO|DROP)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AfterAnEnd();
}
