using System.Text;

namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Writes SQL on one line, without comments and with <c>?</c> for every literal: either may contain a secret.</summary>
internal sealed class SqlRedaction
{
    /// <summary>Replaces the rest of a text that databases, or their settings, interpret differently.</summary>
    public const string LeftOut = "[rest left out: ambiguous]";

    // In statements that start with these, words are names. Elsewhere an unquoted word may be a value: EXEC p s3cret, PRAGMA key = s3cret.
    private static readonly HashSet<string> Naming = new(StringComparer.Ordinal)
    {
        "SELECT", "WITH", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT", "TRUNCATE", "COPY", "EXPLAIN", "BEGIN", "START",
        "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ANALYZE", "VACUUM", "REINDEX", "REFRESH", "IF", "ELSE", "WHILE", "DECLARE", "LOAD", "BULK", "LOCK",
    };

    private static readonly HashSet<string> Defined = new(StringComparer.Ordinal)
    {
        "TABLE", "INDEX", "VIEW", "UNIQUE", "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "TRIGGER", "SCHEMA", "SEQUENCE", "MATERIALIZED", "OR", "TYPE",
        "CLUSTERED", "NONCLUSTERED", "FUNCTION", "PROCEDURE", "PROC",
    };

    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal) { "AS", "TO", "FROM", "ON", "IN", "WITH", "OUTPUT", "OUT", "BY", "DEFAULT", "NULL" };

    private readonly SqlTokens _tokens;
    private readonly Func<string, bool> _isKnown;
    private readonly HashSet<string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder _line = new();
    private bool _isNaming = true;
    private bool _isHead;

    private SqlRedaction(SqlTokens tokens, Func<string, bool> isKnown) => (_tokens, _isKnown) = (tokens, isKnown);

    /// <summary>The redacted line.</summary>
    /// <param name="tokens">The SQL.</param>
    /// <param name="isKnown">Whether a name is one of the model's. Anything else in double quotes may be a string.</param>
    public static string Of(SqlTokens tokens, Func<string, bool> isKnown)
    {
        var redaction = new SqlRedaction(tokens, isKnown);
        redaction.Write();
        return redaction._line.ToString();
    }

    private void Write()
    {
        for (int at = 0; at < _tokens.Count; at++)
        {
            if (_tokens[at].Kind == SqlTokenKind.DoubleQuoted && _tokens.IsWord(at - 1, "AS")) _aliases.Add(_tokens.PartAt(at)!);
        }
        for (int at = 0; at < _tokens.Count; at++)
        {
            SqlToken token = _tokens[at];
            if (at > 0 && _tokens[at - 1].End < token.Start) _line.Append(' ');
            Follow(at);
            _line.Append(TextOf(at, token));
        }
    }

    // Tracks where statements begin, and whether their words are names.
    private void Follow(int at)
    {
        bool isStart = at == 0 || _tokens.IsSymbol(at - 1, ';');
        string word = _tokens.WordAt(at);
        if (isStart)
        {
            _isNaming = Naming.Contains(word) || (word is "CREATE" or "ALTER" or "DROP" && Defined.Contains(_tokens.WordAt(at + 1))) || _tokens.IsSymbol(at, '(');
            _isHead = true;
        }
        else if (word is "EXEC" or "EXECUTE" && _tokens.Dialect.NeedsNoSemicolons) (_isNaming, _isHead) = (false, true);
        else if (word is "IDENTIFIED" or "PASSWORD" && !_tokens.IsSymbol(at - 1, '.')) (_isNaming, _isHead) = (false, false);
        else if (_isHead && !_isNaming) _isHead = IsHead(at);
    }

    // After the verb, a name and its qualifiers.
    private bool IsHead(int at) => _tokens.IsSymbol(at, '.') || _tokens.IsSymbol(at - 1, '.') || IsVerb(at - 1);

    private bool IsVerb(int at) => at == 0 || _tokens.IsSymbol(at - 1, ';') || _tokens.WordAt(at) is "EXEC" or "EXECUTE";

    private string TextOf(int at, SqlToken token) => token.Kind switch
    {
        SqlTokenKind.Symbol or SqlTokenKind.Parameter => _tokens.Text.Of(token),
        SqlTokenKind.Word when IsShown(at) => _tokens.Text.Of(token),
        SqlTokenKind.Name when _isNaming || _isHead => _tokens.Text.Of(token),
        SqlTokenKind.DoubleQuoted when IsName(at) => _tokens.Text.Of(token),
        SqlTokenKind.Unclear => LeftOut,
        _ => "?",
    };

    private bool IsShown(int at)
    {
        string word = _tokens.WordAt(at);
        return word is not ("TRUE" or "FALSE") && (_isNaming || _isHead || Plain.Contains(word));
    }

    private bool IsName(int at)
    {
        if (!_isNaming && !_isHead) return false;
        if (_tokens.IsSymbol(at - 1, '.') || _tokens.IsSymbol(at + 1, '.') || _tokens.IsWord(at - 1, "AS")) return true;
        string name = _tokens.PartAt(at)!;
        return _aliases.Contains(name) || _isKnown(name);
    }
}
