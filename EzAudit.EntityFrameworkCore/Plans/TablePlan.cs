using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A table that an entity is mapped to: its name in records, its key, and the entity's columns in it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">The columns of the key.</param>
/// <param name="Columns">The other columns.</param>
/// <param name="Lists">The complex collections stored in it as JSON.</param>
/// <param name="IsOwnRow">Whether the row belongs to the entity, rather than to an owner whose row it adds columns to.</param>
internal sealed record TablePlan(
    ITable Table, IReadOnlyList<ColumnPlan> Keys, IReadOnlyList<ColumnPlan> Columns, IReadOnlyList<ListPlan> Lists, bool IsOwnRow)
{
    /// <summary>The table's name, with its schema if it has one.</summary>
    public string Name { get; } = EntityPlanner.NameOf(Table);
}
