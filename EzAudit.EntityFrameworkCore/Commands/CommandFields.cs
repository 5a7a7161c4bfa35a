using System.Data.Common;
using System.Globalization;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.EntityFrameworkCore.Sql;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The fields for a command's text and, if allowed, its parameters.</summary>
internal static class CommandFields
{
    private const string Query = "Query";
    private const string Parameters = "Parameters";
    private const string Rows = "Rows";

    /// <summary>The fields after the table: rows, text, parameters.</summary>
    public static AuditField[] OfStatement(DbContext context, DbCommand command, int rows, bool withValues) => withValues
        ? [(Rows, rows), (Query, TextOf(context, command.CommandText, withValues)), (Parameters, ValuesOf(command))]
        : [(Rows, rows), (Query, TextOf(context, command.CommandText, withValues))];

    /// <summary>The fields of one statement of a command.</summary>
    public static AuditField[] OfChange(DbContext context, DbCommand command, (SqlChange Change, object Rows) part, bool withValues)
    {
        string text = TextOf(context, command.CommandText[part.Change.Place], withValues);
        return withValues ? [(Rows, part.Rows), (Query, text), (Parameters, ValuesOf(command))] : [(Rows, part.Rows), (Query, text)];
    }

    /// <summary>The fields of <c>page-query</c>. If values are not allowed, only the names of the parameters are recorded.</summary>
    public static AuditField[] OfQuery(DbContext context, DbCommand command, int rows, TimeSpan duration, bool withValues) =>
    [
        (Query, TextOf(context, command.CommandText, withValues)), (Parameters, withValues ? ValuesOf(command) : NamesOf(command)), (Rows, rows), ("Duration", (object?)duration),
    ];

    /// <summary>The number of rows for one change in a command. The database counts rows only for the whole command.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rows">The database's count; negative if it did not count.</param>
    /// <param name="counted">The number of changes in the command whose rows the database counts.</param>
    public static object RowsOf(SqlChange change, int rows, int counted)
    {
        if (!change.IsCounted || rows < 0) return "[unknown]";
        return counted > 1 ? string.Create(CultureInfo.InvariantCulture, $"{rows} [of {counted} statements together]") : rows;
    }

    private static string TextOf(DbContext context, string sql, bool withValues) => withValues
        ? OneLine(sql)
        : SqlRedaction.Of(new SqlTokens(sql, SqlDialect.Of(context.Database.ProviderName)), ModelTables.Of(context).HasName);

    private static string OneLine(string sql) => string.Join(' ', sql.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string NamesOf(DbCommand command) => string.Join(", ", command.Parameters.Cast<DbParameter>().Select(parameter => parameter.ParameterName));

    private static string ValuesOf(DbCommand command) =>
        string.Join(", ", command.Parameters.Cast<DbParameter>().Select(parameter => $"{parameter.ParameterName}={ColumnText.Of(parameter.Value)}"));
}
