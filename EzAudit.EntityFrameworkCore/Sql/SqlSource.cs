namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>What a statement reads from, or names to change.</summary>
/// <param name="Alias">How the rest of the statement calls it.</param>
/// <param name="Table">The table; <see langword="null"/> for a query in parentheses.</param>
/// <param name="HasAlias">Whether the alias is another name than the table's own.</param>
internal sealed record SqlSource(string Alias, SqlName? Table, bool HasAlias);
