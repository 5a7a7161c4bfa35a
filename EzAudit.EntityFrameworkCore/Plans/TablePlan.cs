namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A table that an entity has a row in: how records name it, its key, and the columns that the entity has there.</summary>
/// <param name="Name">The name, with the schema before it where there is one.</param>
/// <param name="Keys">The columns of the key.</param>
/// <param name="Columns">The other columns.</param>
/// <param name="IsOwnRow">Whether the row is the entity's, not that of an owner whose columns it adds to.</param>
internal sealed record TablePlan(string Name, IReadOnlyList<ColumnPlan> Keys, IReadOnlyList<ColumnPlan> Columns, bool IsOwnRow);
