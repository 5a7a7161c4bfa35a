namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Finds what the statements in a text change: splits the text at semicolons and looks for verbs.</summary>
internal sealed class SqlStatements
{
    private readonly SqlTokens _tokens;
    private readonly List<SqlChange> _changes = [];

    private SqlStatements(SqlTokens tokens) => _tokens = tokens;

    public static IReadOnlyList<SqlChange> Changes(SqlTokens tokens)
    {
        var statements = new SqlStatements(tokens);
        for (int at = 0; at < tokens.Count;) at = statements.Read(at) + 1;
        return statements._changes;
    }

    // Returns the end of the statement.
    private int Read(int start)
    {
        while (_tokens.IsSymbol(start, '(')) start++;
        string first = _tokens.WordAt(start);
        bool isDefinition = first is "CREATE" or "ALTER" && SqlDefinition.Starts(_tokens, start);
        int end = isDefinition ? SqlDefinition.EndOf(_tokens, start) : EndOf(start);
        if (start >= end) return end;
        int before = _changes.Count;
        if (!isDefinition) ReadChanges(start, end, first);
        if (_tokens[end - 1].Kind == SqlTokenKind.Unclear) ReadUnclear(start, end - 1, isFirst: end - 1 == start && before == _changes.Count);
        return end;
    }

    private int EndOf(int at)
    {
        while (at < _tokens.Count && !_tokens.IsSymbol(at, ';')) at++;
        return at;
    }

    private void ReadChanges(int start, int end, string first)
    {
        bool isRun = first != "EXPLAIN" || _tokens.WordAt(start + 1) == "ANALYZE" || (_tokens.IsSymbol(start + 1, '(') && HasWord("ANALYZE", start + 2, end));
        if (first == "PREPARE" || !isRun) return;
        if (_tokens[start].Kind is SqlTokenKind.Name or SqlTokenKind.DoubleQuoted || (first.Length > 0 && !SqlVerbs.IsHarmless(first) && !SqlVerbs.IsChanging(first)))
            _changes.Add(new SqlChange(first, [], null) { Place = Place(start, end) });
        IReadOnlyList<(int At, SqlChange Change)> found = new SqlVerbScan(_tokens, start, end).Run();
        for (int i = 0; i < found.Count; i++) _changes.Add(found[i].Change with { Place = PlaceOf(found, i, start, end) });
    }

    // Without semicolons, a statement extends from its verb to the next one.
    private Range PlaceOf(IReadOnlyList<(int At, SqlChange Change)> found, int i, int start, int end)
    {
        if (!_tokens.Dialect.NeedsNoSemicolons) return Place(start, end);
        int from = i;
        while (from > 0 && (found[from].Change.Verb == SqlTargets.Into || found[from - 1].At == found[i].At)) from--;
        int to = i + 1;
        while (to < found.Count && (found[to].Change.Verb == SqlTargets.Into || found[to].At == found[i].At)) to++;
        return Place(from == 0 ? start : found[from].At, to == found.Count ? end : found[to].At);
    }

    // Includes the comments before the first statement and after the last one.
    private Range Place(int start, int end)
    {
        int from = start == 0 ? 0 : _tokens[start].Start;
        int to = end >= _tokens.Count ? _tokens.Text.Length : _tokens[end].Start;
        return from..to;
    }

    private bool HasWord(string word, int at, int end)
    {
        for (; at < end && !_tokens.IsSymbol(at, ')'); at++)
        {
            if (_tokens.IsWord(at, word)) return true;
        }
        return false;
    }

    private void ReadUnclear(int start, int at, bool isFirst)
    {
        bool isAnywhere = isFirst || _tokens.Dialect.NeedsNoSemicolons;
        if (SqlVerbs.In(_tokens.Text.SpanOf(_tokens[at]), isAnywhere) is { } verb)
            _changes.Add(new SqlChange(verb, [], null, IsCounted: false) { Place = Place(start, at + 1) });
    }
}
