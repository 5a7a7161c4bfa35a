using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>A column's texts before and after a change; <see langword="null"/> where it was, or is, not known or not there.</summary>
internal readonly record struct ColumnChange(ColumnPlan Column, string Name, string? Old, string? New)
{
    public string OldField => ReferenceEquals(Name, Column.Name) ? Column.OldField : Name + " old";

    public string NewField => ReferenceEquals(Name, Column.Name) ? Column.NewField : Name + " new";
}
