using System.Runtime.CompilerServices;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Finds what a command changes, and in which table: from EF's own tree if there is one, otherwise from the text.</summary>
internal static class CommandChanges
{
    private static readonly ConditionalWeakTable<string, Reading> Readings = [];

    public static IReadOnlyList<(SqlChange Change, ChangedTable Table)> Of(DbContext context, string sql)
    {
        ModelTables tables = ModelTables.Of(context);
        if (GeneratedCommand.Of(sql) is { } generated) return generated.Change is { } change ? [(change, tables.Find(generated.Tables[0]))] : [];
        SqlDialect dialect = SqlDialect.Of(context.Database.ProviderName);
        return [.. Read(sql, dialect).Select(change => (change, tables.Find(change.Table)))];
    }

    // A text that runs often is the same object each time.
    private static IReadOnlyList<SqlChange> Read(string sql, SqlDialect dialect)
    {
        if (Readings.TryGetValue(sql, out Reading? known) && known.Dialect == dialect) return known.Changes;
        IReadOnlyList<SqlChange> changes = SqlStatements.Changes(new SqlTokens(sql, dialect));
        Readings.AddOrUpdate(sql, new Reading(dialect, changes));
        return changes;
    }

    private sealed record Reading(SqlDialect Dialect, IReadOnlyList<SqlChange> Changes);
}
