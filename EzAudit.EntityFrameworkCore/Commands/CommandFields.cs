using System.Data.Common;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>What records say of a command's text, and of its parameters where that is allowed.</summary>
internal static class CommandFields
{
    private const string Query = "Query";
    private const string Parameters = "Parameters";
    private const string Rows = "Rows";

    /// <summary>Behind the table: rows, text, parameters.</summary>
    public static AuditField[] OfStatement(DbCommand command, int rows, bool withValues) => withValues
        ? [(Rows, rows), (Query, TextOf(command, withValues)), (Parameters, ValuesOf(command))]
        : [(Rows, rows), (Query, TextOf(command, withValues))];

    /// <summary>The fields of <c>page-query</c>. Of the parameters only the names, where values are not allowed.</summary>
    public static AuditField[] OfQuery(DbCommand command, int rows, TimeSpan duration, bool withValues) =>
    [
        (Query, TextOf(command, withValues)), (Parameters, withValues ? ValuesOf(command) : NamesOf(command)), (Rows, rows), ("Duration", (object?)duration),
    ];

    public static string TextOf(DbCommand command, bool withValues) =>
        withValues ? SqlStatement.OneLine(command.CommandText) : SqlStatement.WithoutLiterals(command.CommandText);

    private static string NamesOf(DbCommand command) => string.Join(", ", command.Parameters.Cast<DbParameter>().Select(parameter => parameter.ParameterName));

    private static string ValuesOf(DbCommand command) =>
        string.Join(", ", command.Parameters.Cast<DbParameter>().Select(parameter => $"{parameter.ParameterName}={Plans.ColumnText.Of(parameter.Value)}"));
}
