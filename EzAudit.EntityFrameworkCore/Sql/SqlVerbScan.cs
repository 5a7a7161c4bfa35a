namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Finds the verbs in a statement that change rows: its own, those of common table expressions, and those of statements that follow.</summary>
internal sealed class SqlVerbScan
{
    // A common table expression that changes rows is allowed only at the top level and in COPY (...).
    private const int MostDepth = 2;

    private readonly SqlTokens _tokens;
    private readonly int _start;
    private readonly int _end;
    private readonly string _first;
    private readonly List<(int At, SqlChange Change)> _found = [];
    private readonly SqlTargets _targets;
    private int _depth;
    private bool _hasMain;

    public SqlVerbScan(SqlTokens tokens, int start, int end)
    {
        (_tokens, _start, _end) = (tokens, start, end);
        _first = tokens.WordAt(start);
        _targets = new SqlTargets(tokens, start, end);
    }

    /// <summary>The changes, each with the index of its verb, or of an <c>INTO</c> that belongs to the preceding verb.</summary>
    public IReadOnlyList<(int At, SqlChange Change)> Run()
    {
        for (int at = _start; at < _end;)
        {
            if (_tokens.IsSymbol(at, '(')) _depth++;
            else if (_tokens.IsSymbol(at, ')')) _depth--;
            int next = at + 1;
            if (_tokens[at].Kind == SqlTokenKind.Word) Word(at, ref next);
            at = next;
        }
        return _found;
    }

    private void Word(int at, ref int next)
    {
        string word = _tokens.WordAt(at);
        bool isInner = _depth > 0;
        if (Begins(at, word))
        {
            if (!isInner) _hasMain = true;
            foreach (SqlChange change in _targets.Read(word, at, ref next)) _found.Add((at, isInner ? change with { IsCounted = false } : change));
        }
        else if (_depth == 0 && word == "INTO") Into(at, ref next);
        else if (IsCreateAs(word)) CreateAs();
        else if (word is "SELECT" or "VALUES" && _depth == 0) _hasMain = true;
    }

    private bool Begins(int at, string word)
    {
        if (!SqlVerbs.IsChanging(word) || (word == "DROP" && !_tokens.IsWord(at + 1, "TABLE"))) return false;
        if (at == _start) return word == "UPDATE" ? !_tokens.IsWord(at + 1, "STATISTICS") : word != "REPLACE" || !_tokens.IsSymbol(at + 1, '(');
        if (_tokens.IsSymbol(at - 1, '(')) return _depth <= MostDepth && _tokens.WordAt(at - 2) is "AS" or "MATERIALIZED" or "COPY";
        if (_tokens.Dialect.NeedsNoSemicolons) return SqlVerbs.BeginsStatement(_tokens, at);
        return _first switch
        {
            "WITH" => _depth == 0 && !_hasMain && !_tokens.IsWord(at + 1, "AS") && !_tokens.IsSymbol(at + 1, '('),
            "EXPLAIN" => _depth == 0 && !_hasMain,
            "BEGIN" or "IF" or "ELSE" or "ELSEIF" or "ELSIF" or "FOR" or "WHILE" or "LOOP" or "CASE" or "DECLARE" =>
                !_hasMain && _tokens.WordAt(at - 1) is "BEGIN" or "THEN" or "ELSE" or "LOOP" or "DO",
            _ => false,
        };
    }

    private bool IsCreateAs(string word) =>
        _first == "CREATE" && _depth == 0 && !_hasMain && word is "AS" or "SELECT" && !_tokens.Dialect.NeedsNoSemicolons;

    // SELECT ... INTO table, and OUTPUT ... INTO table.
    private void Into(int at, ref int next)
    {
        if (!_tokens.Dialect.SelectsInto || _first == "FETCH" || _tokens.WordAt(at + 1) is "OUTFILE" or "DUMPFILE") return;
        next = at + 1;
        while (_tokens.WordAt(next) is "TEMP" or "TEMPORARY" or "UNLOGGED" or "TABLE") next++;
        if (_tokens.NameAt(ref next) is { } table && table.Table[0] is not '@') _found.Add((at, new SqlChange(SqlTargets.Into, [SqlChangeKind.Insert], table)));
    }

    // CREATE TABLE ... AS SELECT, and MySQL's form without AS.
    private void CreateAs()
    {
        int at = _start + 1;
        while (_tokens.WordAt(at) is "GLOBAL" or "LOCAL" or "TEMP" or "TEMPORARY" or "UNLOGGED") at++;
        if (!_tokens.IsWord(at, "TABLE")) return;
        at++;
        while (_tokens.WordAt(at) is "IF" or "NOT" or "EXISTS") at++;
        _found.Add((_start, new SqlChange("CREATE", [SqlChangeKind.Insert], _tokens.NameAt(ref at))));
        _hasMain = true;
    }
}
