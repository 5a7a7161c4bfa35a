namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Reads the table or tables after a verb that changes rows.</summary>
/// <param name="tokens">The SQL.</param>
/// <param name="start">Where the statement begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class SqlTargets(SqlTokens tokens, int start, int end)
{
    /// <summary>The verb for a table that a statement fills in addition.</summary>
    public const string Into = "INTO";

    private static readonly SqlChangeKind[] Inserts = [SqlChangeKind.Insert];
    private static readonly SqlChangeKind[] Upserts = [SqlChangeKind.Insert, SqlChangeKind.Update];
    private static readonly SqlChangeKind[] Updates = [SqlChangeKind.Update];
    private static readonly SqlChangeKind[] Deletes = [SqlChangeKind.Delete];

    private readonly SqlAliases _aliases = new(tokens, start, end);

    /// <summary>The changes that a verb makes. Scanning continues at <paramref name="next"/>.</summary>
    public IEnumerable<SqlChange> Read(string verb, int at, ref int next)
    {
        next = at + 1;
        switch (verb)
        {
            case "INSERT" or "REPLACE" or "UPSERT":
                return Insert(verb, ref next);
            case "UPDATE":
                return Update(ref next);
            case "DELETE":
                return Delete(ref next);
            case "MERGE":
                return Merge(ref next);
            case "TRUNCATE" or "DROP":
                return List(verb, ref next);
            case "COPY":
                return Copy(ref next);
            case "LOAD":
                return Load(ref next);
            default:
                return [new SqlChange(verb, [], null, IsCounted: false)];
        }
    }

    private List<SqlChange> Insert(string verb, ref int at)
    {
        bool isUpsert = verb != "INSERT" || (tokens.IsWord(at, "OR") && tokens.WordAt(at + 1) is "REPLACE" or "UPDATE");
        if (tokens.WordAt(at) is "ALL" or "FIRST" && tokens.Dialect.HasQuoteOperator) return InsertAll(ref at);
        SkipModifiers(ref at, "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE", "INTO");
        if (tokens.IsWord(at - 1, "INTO") && tokens.IsWord(at, "TABLE")) at++;
        SqlName? table = _aliases.Expression(tokens.NameAt(ref at));
        isUpsert = isUpsert || UpdatesOnConflict(at);
        return [new SqlChange(verb, isUpsert ? Upserts : Inserts, table)];
    }

    // Oracle: INSERT ALL INTO a ... INTO b ... SELECT.
    private List<SqlChange> InsertAll(ref int at)
    {
        var changes = new List<SqlChange>();
        for (; at < end; at++)
        {
            if (!tokens.IsWord(at, "INTO")) continue;
            int name = at + 1;
            changes.Add(new SqlChange("INSERT", Inserts, tokens.NameAt(ref name)));
        }
        return changes;
    }

    // ON CONFLICT DO UPDATE, ON DUPLICATE KEY UPDATE.
    private bool UpdatesOnConflict(int at)
    {
        if (tokens.Dialect.NeedsNoSemicolons) return false;
        for (int depth = 0; at < end && depth >= 0; at++)
        {
            if (tokens.IsSymbol(at, '(')) depth++;
            else if (tokens.IsSymbol(at, ')')) depth--;
            else if (depth == 0 && tokens.IsWord(at, "UPDATE") && tokens.WordAt(at - 1) is "DO" or "KEY") return true;
        }
        return false;
    }

    private List<SqlChange> Update(ref int at)
    {
        SkipModifiers(ref at, "LOW_PRIORITY", "IGNORE", "ONLY");
        if (tokens.IsWord(at - 1, "ONLY") && tokens.IsSymbol(at, '(')) at++;
        if (!tokens.Dialect.CanUpdateAlias) return [new SqlChange("UPDATE", Updates, tokens.NameAt(ref at))];
        IReadOnlyList<SqlSource> sources = SqlSources.At(tokens, ref at, end);
        if (sources.Count == 1) return [new SqlChange("UPDATE", Updates, _aliases.Resolve(sources[0].Table, at))];
        return [.. SqlAliases.Set(tokens, sources, at, end).Select(table => new SqlChange("UPDATE", Updates, table))];
    }

    private List<SqlChange> Delete(ref int at)
    {
        SkipModifiers(ref at, "LOW_PRIORITY", "QUICK", "IGNORE", "FROM", "ONLY");
        if (tokens.IsWord(at - 1, "ONLY") && tokens.IsSymbol(at, '(')) at++;
        return Names("DELETE", Deletes, ref at);
    }

    private List<SqlChange> Merge(ref int at)
    {
        SkipModifiers(ref at, "INTO", "ONLY");
        SqlName? table = _aliases.Expression(tokens.NameAt(ref at));
        var kinds = new SortedSet<SqlChangeKind>();
        var changes = new List<SqlChange>();
        for (; at < end; at++)
        {
            if (tokens.IsWord(at, "THEN")) Add(kinds, tokens.WordAt(at + 1));
            else if (tokens.IsWord(at, "INTO") && tokens.Dialect.NeedsNoSemicolons)
            {
                int name = at + 1;
                if (tokens.NameAt(ref name) is { } into && into.Table[0] is not '@') changes.Add(new SqlChange(Into, Inserts, into));
            }
        }
        changes.Insert(0, new SqlChange("MERGE", [.. kinds], table));
        return changes;
    }

    private static void Add(SortedSet<SqlChangeKind> kinds, string word)
    {
        if (word == "INSERT") kinds.Add(SqlChangeKind.Insert);
        else if (word == "UPDATE") kinds.Add(SqlChangeKind.Update);
        else if (word == "DELETE") kinds.Add(SqlChangeKind.Delete);
    }

    // TRUNCATE and DROP TABLE remove every row and count none.
    private List<SqlChange> List(string verb, ref int at)
    {
        while (tokens.WordAt(at) is "TABLE" or "ONLY" or "IF" or "EXISTS") at++;
        return [.. Names(verb, Deletes, ref at).Select(change => change with { IsCounted = false })];
    }

    private List<SqlChange> Copy(ref int at)
    {
        if (tokens.IsSymbol(at, '(')) return [];
        if (tokens.IsWord(at, "BINARY")) at++;
        SqlName? table = tokens.NameAt(ref at);
        if (tokens.IsSymbol(at, '(')) at = tokens.AfterParentheses(at);
        return tokens.IsWord(at, "FROM") ? [new SqlChange("COPY", Inserts, table)] : [];
    }

    private List<SqlChange> Load(ref int at)
    {
        bool isUpsert = false;
        while (at < end && !tokens.IsWord(at, "INTO")) isUpsert |= tokens.IsWord(at++, "REPLACE");
        at += tokens.IsWord(at + 1, "TABLE") ? 2 : 1;
        return [new SqlChange("LOAD", isUpsert ? Upserts : Inserts, tokens.NameAt(ref at))];
    }

    private List<SqlChange> Names(string verb, IReadOnlyList<SqlChangeKind> kinds, ref int at)
    {
        var names = new List<SqlName?>();
        do
        {
            if (names.Count > 0) at++;
            names.Add(tokens.NameAt(ref at));
            if (tokens.IsSymbol(at, '.')) at++;
            if (tokens.IsSymbol(at, '*')) at++;
        }
        while (at < end && tokens.IsSymbol(at, ','));
        int after = at;
        return [.. _aliases.Resolve(names, after).Select(name => new SqlChange(verb, kinds, name))];
    }

    private void SkipModifiers(ref int at, params ReadOnlySpan<string> words)
    {
        for (; at < end; at++)
        {
            string word = tokens.WordAt(at);
            if (word == "OR" && !tokens.IsSymbol(at + 1, '.')) at++;
            else if (word == "TOP") SkipTop(ref at);
            else if (!words.Contains(word)) return;
            else if (word == "INTO")
            {
                at++;
                return;
            }
        }
    }

    private void SkipTop(ref int at)
    {
        at = tokens.IsSymbol(at + 1, '(') ? tokens.AfterParentheses(at + 1) - 1 : at + 1;
        if (tokens.IsWord(at + 1, "PERCENT")) at++;
    }
}
