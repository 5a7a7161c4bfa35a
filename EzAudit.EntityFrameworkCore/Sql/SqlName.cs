namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A name in a statement, with its parts as the database interprets them.</summary>
/// <param name="Parts">The parts: the table last, its schema before it.</param>
internal sealed record SqlName(IReadOnlyList<string> Parts)
{
    public string Table => Parts[^1];

    public string? Schema => Parts.Count > 1 && Parts[^2].Length > 0 ? Parts[^2] : null;

    /// <summary>Whether the name includes a database, which may differ from the model's.</summary>
    public bool NamesDatabase => Parts.Count > 2;

    public override string ToString() => string.Join('.', Parts);
}
