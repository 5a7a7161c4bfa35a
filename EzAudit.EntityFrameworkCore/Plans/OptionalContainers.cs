using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>The optional complex properties that hold a property. Where one of them is null, the property is, whatever its type's default.</summary>
internal static class OptionalContainers
{
    /// <summary>Those within the property's entity or list element, from the outside in: of one that is null, nothing inside can be asked.</summary>
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
