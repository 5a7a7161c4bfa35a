using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Finds the tables in the tree that EF generates a command from.</summary>
internal sealed class CommandTree : ExpressionVisitor
{
    private readonly HashSet<ITableBase> _tables = [];
    private bool _hasSql;

    /// <summary>Reads a tree; <see langword="null"/> if it contains the application's own SQL or cannot be read.</summary>
    public static GeneratedCommand? Read(Expression tree)
    {
        if (tree is UpdateExpression update) return Of("UPDATE", SqlChangeKind.Update, update.Table);
        if (tree is DeleteExpression delete) return Of("DELETE", SqlChangeKind.Delete, delete.Table);
        // Npgsql has its own node for a DELETE. Whatever node a provider uses, the command's text shows what it does.
        if (tree is not SelectExpression) return null;
        var visitor = new CommandTree();
        try
        {
            visitor.Visit(tree);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or NotSupportedException or NotImplementedException)
        {
            // The provider's own node cannot be visited. The query must not fail for that, and its text says the same.
            return null;
        }
        return visitor._hasSql ? null : new GeneratedCommand(null, [.. visitor._tables]);
    }

    protected override Expression VisitExtension(Expression node)
    {
        if (node is TableExpression { Table: { } table }) _tables.Add(table);
        if (node is FromSqlExpression) _hasSql = true;
        return base.VisitExtension(node);
    }

    private static GeneratedCommand Of(string verb, SqlChangeKind kind, TableExpression table) =>
        new(new SqlChange(verb, [kind], null), [table.Table]);
}

/// <summary>What EF's tree says about a command that EF generated.</summary>
/// <param name="Change">The change that the command makes; <see langword="null"/> for a query.</param>
/// <param name="Tables">The changed table, or the tables that a query reads.</param>
internal sealed record GeneratedCommand(SqlChange? Change, IReadOnlyList<ITableBase> Tables)
{
    // EF reuses the same string object for every command it makes from a generated text. A text that was replaced is parsed like any other SQL.
    private static readonly ConditionalWeakTable<string, GeneratedCommand> ByText = [];

    public static void Remember(string text, GeneratedCommand command) => ByText.AddOrUpdate(text, command);

    public static GeneratedCommand? Of(string text) => ByText.TryGetValue(text, out GeneratedCommand? command) ? command : null;
}
