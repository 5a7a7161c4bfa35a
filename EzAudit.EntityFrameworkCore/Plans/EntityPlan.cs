using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>What the model says of an entity for the audit trail. Made once for each model.</summary>
internal sealed class EntityPlan
{
    /// <summary>What attributes and fluent calls say: audited, not audited, or nothing.</summary>
    public required bool? IsMarked { get; init; }

    public required bool Reads { get; init; }

    /// <summary>Every property that records, or mappings, may ask for.</summary>
    public required IReadOnlyList<IProperty> Properties { get; init; }

    /// <summary>Of each, the optional complex properties that hold it, from the outside in: where one is null, so is the column.</summary>
    public required IReadOnlyList<IReadOnlyList<IComplexProperty>> Containers { get; init; }

    /// <summary>The properties of them that the database may set in an update, such as a row version.</summary>
    public required IReadOnlyList<bool> IsSetByDatabase { get; init; }

    public required IReadOnlyList<TablePlan> Tables { get; init; }

    /// <summary>Whether other entities may have columns in the same row, so that their changes are one record.</summary>
    public required bool SharesRows { get; init; }

    /// <summary>Of a part of a JSON column, its path, in which <c>[#]</c> stands for an ordinal.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The optional complex properties of the entity that are JSON columns, with their names.</summary>
    public IReadOnlyList<(IComplexProperty Property, string Path)> JsonParts { get; init; } = [];

    /// <summary>Of a part of a JSON column, how many properties of its key are the owner's; the rest are ordinals.</summary>
    public int OwnersKeys { get; init; } = int.MaxValue;

    public static EntityPlan Of(IEntityType entityType) =>
        entityType.GetOrAddRuntimeAnnotationValue(AuditAnnotations.Plan, static type => EntityPlanner.Plan(type!), entityType);

    public bool IsAudited(bool onlyMarked) => IsMarked ?? !onlyMarked;
}
