namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The table that a statement changes, as far as it can be told.</summary>
/// <param name="Name">The name in records.</param>
/// <param name="Known">The tables of the model that it may be.</param>
/// <param name="IsOther">Whether it may be one that the model does not know.</param>
internal sealed record ChangedTable(string Name, IReadOnlyList<ModelTable> Known, bool IsOther)
{
    /// <summary>A table that cannot be told: its change is always recorded.</summary>
    public static readonly ChangedTable Unknown = new("[unknown]", [], IsOther: true);

    public bool IsAudited(bool onlyMarked) => this == Unknown || (IsOther && !onlyMarked) || Known.Any(table => table.IsAudited(onlyMarked));
}
