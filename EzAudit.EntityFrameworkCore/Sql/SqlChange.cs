namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A change of rows by a statement.</summary>
/// <param name="Verb">The statement's verb.</param>
/// <param name="Kinds">What the statement may do to rows, starting with the verb's own kind; empty if unknown.</param>
/// <param name="Table">The table; <see langword="null"/> if unknown.</param>
/// <param name="IsCounted">Whether its rows are part of the database's count for the command.</param>
internal sealed record SqlChange(string Verb, IReadOnlyList<SqlChangeKind> Kinds, SqlName? Table, bool IsCounted = true)
{
    /// <summary>The statement's range in the text; the whole text if unknown.</summary>
    public Range Place { get; init; } = Range.All;
}

/// <summary>What a statement does to rows, in the order of the letters of SIDU in a record.</summary>
internal enum SqlChangeKind
{
    Insert,
    Delete,
    Update,
}
