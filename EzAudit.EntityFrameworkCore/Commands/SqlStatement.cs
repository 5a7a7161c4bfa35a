using System.Text;
using EzAudit.EntityFrameworkCore.Changes;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>As much of a statement as records say: what it does, to which table, and its text. Of several in one text the first counts.</summary>
/// <param name="Function">The function that records it: a change of rows, or any query.</param>
/// <param name="Table">The table that is changed; empty where none is.</param>
internal sealed record SqlStatement(string Function, string Table)
{
    private static readonly char[] Quotes = ['"', '[', ']', '`', '\''];

    public string Sidu => Function switch
    {
        RecordFunctions.Insert => "I",
        RecordFunctions.Update => "U",
        _ => "D",
    };

    public static SqlStatement Read(string sql)
    {
        string[] words = sql.Split([' ', '\t', '\r', '\n', '('], 8, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return new SqlStatement(RecordFunctions.Query, "");
        return words[0].ToUpperInvariant() switch
        {
            "INSERT" or "REPLACE" => new SqlStatement(RecordFunctions.Insert, TableAfter(words, "INTO")),
            "UPDATE" => new SqlStatement(RecordFunctions.Update, TableAfter(words, "UPDATE")),
            "DELETE" => new SqlStatement(RecordFunctions.Delete, TableAfter(words, "FROM")),
            _ => new SqlStatement(RecordFunctions.Query, ""),
        };
    }

    /// <summary>The text in one line with <c>?</c> in place of every literal: a literal may be anybody's secret.</summary>
    public static string WithoutLiterals(string sql)
    {
        var text = new StringBuilder(sql.Length);
        for (int i = 0; i < sql.Length;)
        {
            char c = sql[i];
            if (c == '\'')
            {
                i = EndOfText(sql, i);
                text.Append('?');
            }
            else if (c is '"' or '[' or '`')
            {
                int end = sql.IndexOf(c == '[' ? ']' : c, i + 1);
                end = end < 0 ? sql.Length : end + 1;
                text.Append(sql, i, end - i);
                i = end;
            }
            else if (char.IsAsciiDigit(c) && (i == 0 || !IsPartOfName(sql[i - 1])))
            {
                while (i < sql.Length && (IsPartOfName(sql[i]) || sql[i] == '.')) i++;
                text.Append('?');
            }
            else
            {
                text.Append(c);
                i++;
            }
        }
        return OneLine(text.ToString());
    }

    public static string OneLine(string sql) => string.Join(' ', sql.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static int EndOfText(string sql, int start)
    {
        for (int i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] != '\'') continue;
            if (i + 1 < sql.Length && sql[i + 1] == '\'') i++;
            else return i + 1;
        }
        return sql.Length;
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '$' or ':';

    // "schema"."table": the last part is the table.
    private static string TableAfter(string[] words, string word)
    {
        int at = Array.FindIndex(words, found => found.Equals(word, StringComparison.OrdinalIgnoreCase));
        return at < 0 || at + 1 >= words.Length ? "" : words[at + 1].Split('.')[^1].Trim(Quotes).TrimEnd(';');
    }
}
