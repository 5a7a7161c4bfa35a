namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A name as a statement gives it, its parts as the database understands them.</summary>
/// <param name="Parts">The table last, the schema before it.</param>
internal sealed record SqlName(IReadOnlyList<string> Parts)
{
    public string Table => Parts[^1];

    public string? Schema => Parts.Count > 1 && Parts[^2].Length > 0 ? Parts[^2] : null;

    /// <summary>Whether it is in a database of its own name, which may be another one than the model's.</summary>
    public bool NamesDatabase => Parts.Count > 2;

    public override string ToString() => string.Join('.', Parts);
}
