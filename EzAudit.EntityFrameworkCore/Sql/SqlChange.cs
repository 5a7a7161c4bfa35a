namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A change of rows that a statement makes.</summary>
/// <param name="Verb">The statement's verb.</param>
/// <param name="Kinds">What it may do to rows, the verb's own kind first; empty where that cannot be told.</param>
/// <param name="Table">The table; <see langword="null"/> where it cannot be told.</param>
/// <param name="IsCounted">Whether the database counts its rows for the command.</param>
internal sealed record SqlChange(string Verb, IReadOnlyList<SqlChangeKind> Kinds, SqlName? Table, bool IsCounted = true)
{
    /// <summary>Where its statement begins and ends in the text; the whole text where that is not known.</summary>
    public Range Place { get; init; } = Range.All;
}
