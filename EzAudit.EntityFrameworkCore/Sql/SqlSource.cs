namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>What a statement reads from, or names as the table to change.</summary>
/// <param name="Alias">The name that the rest of the statement uses.</param>
/// <param name="Table">The table; <see langword="null"/> for a subquery.</param>
/// <param name="HasAlias">Whether the alias differs from the table's own name.</param>
internal sealed record SqlSource(string Alias, SqlName? Table, bool HasAlias);
