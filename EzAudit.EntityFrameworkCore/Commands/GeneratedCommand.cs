using System.Runtime.CompilerServices;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

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
