using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A table that an entity has a row in: how records name it, its key, and the columns that the entity has there.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">The columns of the key.</param>
/// <param name="Columns">The other columns.</param>
/// <param name="Lists">The complex collections that are kept in it as JSON.</param>
/// <param name="IsOwnRow">Whether the row is the entity's, not that of an owner whose columns it adds to.</param>
internal sealed record TablePlan(
    ITable Table, IReadOnlyList<ColumnPlan> Keys, IReadOnlyList<ColumnPlan> Columns, IReadOnlyList<ListPlan> Lists, bool IsOwnRow)
{
    /// <summary>The name, with the schema before it where there is one.</summary>
    public string Name { get; } = EntityPlanner.NameOf(Table);
}
