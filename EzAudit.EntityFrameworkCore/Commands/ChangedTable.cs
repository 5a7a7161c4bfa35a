namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The table that a statement changes, as far as it is known.</summary>
/// <param name="Name">The name in records.</param>
/// <param name="Known">The model's tables that it may be.</param>
/// <param name="IsOther">Whether it may be a table that is not in the model.</param>
internal sealed record ChangedTable(string Name, IReadOnlyList<ModelTable> Known, bool IsOther)
{
    /// <summary>A table that cannot be identified. Its changes are always recorded.</summary>
    public static readonly ChangedTable Unknown = new("[unknown]", [], IsOther: true);

    public bool IsAudited(bool onlyMarked) => this == Unknown || (IsOther && !onlyMarked) || Known.Any(table => table.IsAudited(onlyMarked));
}
