using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>The commands of a save that have run and committed, each by itself.</summary>
internal sealed class RunCommands
{
    private readonly HashSet<(IUpdateEntry Entry, string Table, string? Schema)> _written = [];

    public bool IsEmpty => _written.Count == 0;

    public void Add(IReadOnlyModificationCommand command)
    {
        foreach (IUpdateEntry entry in command.Entries) _written.Add((entry, command.TableName, command.Schema));
    }

    /// <summary>Whether an entity's row in a table was written.</summary>
    public bool Wrote(CapturedEntry entry, TablePlan table) => _written.Contains((entry.Entry, table.Table.Name, table.Table.Schema));

    /// <summary>Whether all rows of an entity were written.</summary>
    public bool Wrote(CapturedEntry entry) => entry.Plan.Tables.All(table => Wrote(entry, table));
}
