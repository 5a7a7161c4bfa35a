using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>What the model says about auditing an entity. Built once per model.</summary>
internal sealed class EntityPlan
{
    /// <summary>What attributes and fluent calls say: audited, not audited, or nothing.</summary>
    public required bool? IsMarked { get; init; }

    public required bool Reads { get; init; }

    /// <summary>All properties that records or mappings may read.</summary>
    public required IReadOnlyList<IProperty> Properties { get; init; }

    /// <summary>For each property, the optional complex properties around it, outermost first. If one of them is null, so is the column.</summary>
    public required IReadOnlyList<IReadOnlyList<IComplexProperty>> Containers { get; init; }

    /// <summary>For each property, whether the database may set it in an update, like a row version.</summary>
    public required IReadOnlyList<bool> IsSetByDatabase { get; init; }

    public required IReadOnlyList<TablePlan> Tables { get; init; }

    /// <summary>Whether other entities may map columns to the same row, so that their changes form one record.</summary>
    public required bool SharesRows { get; init; }

    /// <summary>For a part of a JSON column, its path with <c>[#]</c> in place of ordinals.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The entity's optional complex properties that are JSON columns, with their names.</summary>
    public IReadOnlyList<(IComplexProperty Property, string Path)> JsonParts { get; init; } = [];

    /// <summary>For a part of a JSON column, how many of its key properties belong to the owner; the others are ordinals.</summary>
    public int OwnersKeys { get; init; } = int.MaxValue;

    public static EntityPlan Of(IEntityType entityType) =>
        entityType.GetOrAddRuntimeAnnotationValue(AuditAnnotations.Plan, static type => EntityPlanner.Plan(type!), entityType);

    public bool IsAudited(bool onlyMarked) => IsMarked ?? !onlyMarked;
}

/// <summary>A table that an entity is mapped to: its name in records, its key, and the entity's columns in it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">The columns of the key.</param>
/// <param name="Columns">The other columns.</param>
/// <param name="Lists">The complex collections stored in it as JSON.</param>
/// <param name="IsOwnRow">Whether the row belongs to the entity, rather than to an owner whose row it adds columns to.</param>
internal sealed record TablePlan(
    ITable Table, IReadOnlyList<ColumnPlan> Keys, IReadOnlyList<ColumnPlan> Columns, IReadOnlyList<ListPlan> Lists, bool IsOwnRow)
{
    /// <summary>The table's name, with its schema if it has one.</summary>
    public string Name { get; } = EntityPlanner.NameOf(Table);
}
