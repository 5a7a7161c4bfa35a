using System.Reflection;
using EzAudit.EntityFrameworkCore.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Builds the plan of an entity from the model.</summary>
internal static class EntityPlanner
{
    public static EntityPlan Plan(IEntityType type)
    {
        IProperty[] properties = [.. type.GetFlattenedProperties()];
        bool isJson = type.IsMappedToJson();
        return new EntityPlan
        {
            IsMarked = MarkOf(type),
            Reads = PropertyMarks.FlagOf(type, AuditAnnotations.Reads) ?? type.ClrType.GetCustomAttribute<AuditedAttribute>()?.Reads ?? false,
            Properties = properties,
            Containers = [.. properties.Select(OptionalContainers.Of)],
            IsSetByDatabase = [.. properties.Select(property => property.ValueGenerated is ValueGenerated.OnUpdate or ValueGenerated.OnAddOrUpdate)],
            Tables = isJson ? [JsonTable(type, properties)] : [.. type.GetTableMappings().Select(mapping => Table(type, mapping.Table, properties))],
            SharesRows = isJson || type.GetTableMappings().Any(mapping => IsShared(type, mapping.Table)),
            JsonPath = isJson ? PathOf(type) : null,
            JsonParts =
            [
                .. type.GetComplexProperties().Where(part => part.IsNullable && !part.IsCollection && part.ComplexType.IsMappedToJson() && PropertyMarks.IsAudited(part))
                    .Select(part => (part, PathOf(part.ComplexType))),
            ],
            OwnersKeys = isJson ? RootOf(type).FindPrimaryKey()?.Properties.Count ?? 0 : int.MaxValue,
        };
    }

    /// <summary>The name of a table in records.</summary>
    public static string NameOf(ITable table) => table.Schema is { Length: > 0 } schema ? $"{schema}.{table.Name}" : table.Name;

    private static bool? MarkOf(IEntityType type)
    {
        if (type.ClrType == typeof(OutboxRow)) return false;
        if (PropertyMarks.FlagOf(type, AuditAnnotations.Audited) is { } said) return said;
        if (type.ClrType.IsDefined(typeof(NotAuditedAttribute), inherit: true)) return false;
        if (type.ClrType.IsDefined(typeof(AuditedAttribute), inherit: true)) return true;
        // An entity without a mark of its own inherits that of its owner or base type.
        IReadOnlyEntityType? other = type.FindOwnership()?.PrincipalEntityType ?? type.BaseType;
        return other is IEntityType known ? MarkOf(known) : null;
    }

    private static bool IsShared(IEntityType type, ITable table) =>
        table.GetRowInternalForeignKeys(type).Any() || table.GetReferencingRowInternalForeignKeys(type).Any()
        || type.GetNavigations().Any(navigation => navigation.TargetEntityType.IsMappedToJson())
        || type.GetComplexProperties().Any(part => part.IsNullable && part.ComplexType.IsMappedToJson());

    private static TablePlan Table(IEntityType type, ITable table, IProperty[] properties)
    {
        var keys = new List<ColumnPlan>();
        var columns = new List<ColumnPlan>();
        for (int i = 0; i < properties.Length; i++)
        {
            if (ColumnOf(properties[i], table) is not { } name) continue;
            if (properties[i].IsPrimaryKey()) keys.Add(new ColumnPlan(properties[i], i, name, PropertyMarks.IsSensitive(properties[i], name)));
            else if (PropertyMarks.IsAudited(properties[i])) columns.Add(new ColumnPlan(properties[i], i, name, PropertyMarks.IsSensitive(properties[i], name)));
        }
        IEnumerable<ListPlan> lists = ListPlan.ListsOf(type, "").Where(list => table.FindColumn(ContainerOf(list.Property.ComplexType)) is not null);
        return new TablePlan(table, keys, columns, [.. lists], !table.GetRowInternalForeignKeys(type).Any());
    }

    private static string ContainerOf(IComplexType type) => type.GetContainerColumnName() ?? type.ComplexProperty.Name;

    private static string? ColumnOf(IProperty property, ITable table)
    {
        foreach (IColumnMapping mapping in property.GetTableColumnMappings())
        {
            if (mapping.TableMapping.Table == table) return mapping.Column.Name;
        }
        return property.DeclaringType is IComplexType type && type.IsMappedToJson() && table.FindColumn(ContainerOf(type)) is not null
            ? $"{PathOf(type)}.{property.GetJsonPropertyName() ?? property.Name}"
            : null;
    }

    private static string PathOf(IComplexType type) => type.ComplexProperty.DeclaringType is IComplexType outer && outer.IsMappedToJson()
        ? $"{PathOf(outer)}.{type.ComplexProperty.GetJsonPropertyName() ?? type.ComplexProperty.Name}"
        : type.GetContainerColumnName() ?? type.ComplexProperty.Name;

    // The owner's key properties come first, followed by the ordinals of collections.
    private static TablePlan JsonTable(IEntityType type, IProperty[] properties)
    {
        IEntityType root = RootOf(type);
        IReadOnlyList<IProperty> rootKey = root.FindPrimaryKey()?.Properties ?? [];
        IReadOnlyList<IProperty> ownKey = type.FindPrimaryKey()?.Properties ?? [];
        ITable table = root.GetTableMappings().First().Table;
        string path = PathOf(type);
        IEnumerable<ColumnPlan> keys = rootKey.Zip(ownKey, (owners, own) => Column(own, ColumnOf(owners, table) ?? owners.Name));
        IEnumerable<ColumnPlan> ordinals = ownKey.Skip(rootKey.Count).Select(own => Column(own, ColumnPlan.Ordinal));
        IEnumerable<ColumnPlan> columns = properties
            .Where(property => !property.IsPrimaryKey() && PropertyMarks.IsAudited(property))
            .Select(property => Column(property, $"{path}.{property.GetJsonPropertyName() ?? property.Name}"));
        return new TablePlan(table, [.. keys, .. ordinals], [.. columns], [.. ListPlan.ListsOf(type, path + ".")], IsOwnRow: false);

        ColumnPlan Column(IProperty property, string name) =>
            new(property, Array.IndexOf(properties, property), name, PropertyMarks.IsSensitive(property, property.Name));
    }

    private static IEntityType RootOf(IEntityType type)
    {
        while (type.IsMappedToJson() && type.FindOwnership() is { } ownership) type = ownership.PrincipalEntityType;
        return type;
    }

    private static string PathOf(IEntityType type)
    {
        IForeignKey ownership = type.FindOwnership()!;
        IEntityType owner = ownership.PrincipalEntityType;
        string name = owner.IsMappedToJson() ? $"{PathOf(owner)}.{ownership.PrincipalToDependent?.Name}" : type.GetContainerColumnName() ?? "";
        return ownership.IsUnique ? name : name + ColumnPlan.Ordinal;
    }
}
