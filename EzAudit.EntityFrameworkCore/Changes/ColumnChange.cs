using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>A column's values before and after a change; <see langword="null"/> if it had, or has, no value.</summary>
internal readonly record struct ColumnChange(string Name, ColumnValue? Old, ColumnValue? New, ColumnPlan? Column = null)
{
    public bool IsNone => Old is { } old && New is { } @new && old.Equals(@new);

    public string OldField => Column is not null && ReferenceEquals(Name, Column.Name) ? Column.OldField : Name + " old";

    public string NewField => Column is not null && ReferenceEquals(Name, Column.Name) ? Column.NewField : Name + " new";
}
