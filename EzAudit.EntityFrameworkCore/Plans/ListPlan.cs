using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A complex collection: a list of values in a JSON column.</summary>
internal sealed class ListPlan
{
    private ListPlan(IComplexProperty property, string path)
    {
        Property = property;
        Path = path;
        IsSensitive = PropertyMarks.IsSensitive(property);
        Columns = [.. PartsOf(property.ComplexType, "").OrderBy(part => part.Path, StringComparer.Ordinal)
            .Select((part, place) => new ColumnPlan(part.Property, place, part.Path, PropertyMarks.IsSensitive(part.Property, part.Property.Name)))];
        Lists = [.. ListsOf(property.ComplexType, "")];
    }

    public IComplexProperty Property { get; }

    /// <summary>The name of its column, or the path in it; for a nested list, the path in an element.</summary>
    public string Path { get; }

    public bool IsSensitive { get; }

    /// <summary>The properties of an element, each named by its path in the element.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The nested lists of an element.</summary>
    public IReadOnlyList<ListPlan> Lists { get; }

    /// <summary>The audited lists of a type, including those in its complex properties.</summary>
    /// <param name="type">An entity's type, or a complex one.</param>
    /// <param name="prefix">The path of the type's properties, with a trailing dot.</param>
    public static IEnumerable<ListPlan> ListsOf(ITypeBase type, string prefix)
    {
        foreach (IComplexProperty property in type.GetComplexProperties())
        {
            string path = !type.IsMappedToJson() && property.ComplexType.GetContainerColumnName() is { } column
                ? column
                : prefix + (property.GetJsonPropertyName() ?? property.Name);
            if (!property.IsCollection)
            {
                foreach (ListPlan inner in ListsOf(property.ComplexType, path + ".")) yield return inner;
            }
            else if (PropertyMarks.IsAudited(property))
            {
                yield return new ListPlan(property, path);
            }
        }
    }

    private static IEnumerable<(IProperty Property, string Path)> PartsOf(IComplexType type, string prefix)
    {
        foreach (IProperty property in type.GetProperties().Where(PropertyMarks.IsAudited))
            yield return (property, prefix + (property.GetJsonPropertyName() ?? property.Name));
        foreach (IComplexProperty inner in type.GetComplexProperties().Where(inner => !inner.IsCollection))
        {
            foreach (var part in PartsOf(inner.ComplexType, $"{prefix}{inner.GetJsonPropertyName() ?? inner.Name}.")) yield return part;
        }
    }
}
