using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Finds the optional complex properties around a property. If one of them is null, so is the property, whatever its type's default.</summary>
internal static class OptionalContainers
{
    /// <summary>The containers within the property's entity or list element, outermost first: EF cannot read anything inside one that is null.</summary>
    public static IReadOnlyList<IComplexProperty> Of(IProperty property)
    {
        List<IComplexProperty> containers = [];
        for (ITypeBase type = property.DeclaringType; type is IComplexType { ComplexProperty: { IsCollection: false } holder }; type = holder.DeclaringType)
        {
            if (holder.IsNullable) containers.Insert(0, holder);
        }
        return containers;
    }
}
