using System.Runtime.CompilerServices;
using EzAudit.EntityFrameworkCore.Sql;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>What EF's own tree says of a command that it generated.</summary>
/// <param name="Change">What the command changes rows by; <see langword="null"/> for a query.</param>
/// <param name="Tables">The table that is changed, or those that a query reads.</param>
internal sealed record GeneratedCommand(SqlChange? Change, IReadOnlyList<ITableBase> Tables)
{
    // EF hands the text that it generated, the same object, to every command that it makes of it. A text that someone has replaced is read like other SQL.
    private static readonly ConditionalWeakTable<string, GeneratedCommand> ByText = [];

    public static void Remember(string text, GeneratedCommand command) => ByText.AddOrUpdate(text, command);

    public static GeneratedCommand? Of(string text) => ByText.TryGetValue(text, out GeneratedCommand? command) ? command : null;
}
