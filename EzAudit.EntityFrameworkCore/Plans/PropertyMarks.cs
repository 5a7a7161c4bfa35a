using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>What the model says about a property: whether records contain it, and whether they contain its values.</summary>
internal static class PropertyMarks
{
    /// <summary>Whether records contain the property. A mark on the property around it applies to it as well.</summary>
    public static bool IsAudited(IProperty property) => Mark<NotAuditedAttribute>(property, AuditAnnotations.Audited, ofAttribute: false) ?? true;

    public static bool IsAudited(IComplexProperty property) => Mark<NotAuditedAttribute>(property, AuditAnnotations.Audited, ofAttribute: false) ?? true;

    /// <summary>Whether the values must not appear in records. A foreign key repeats its principal's value and is just as secret.</summary>
    /// <param name="property">The property.</param>
    /// <param name="column">The column's name.</param>
    public static bool IsSensitive(IProperty property, string column)
    {
        if (MarkOf(property) is { } said) return said;
        return KnownSecrets.Contain(property, column)
            || property.GetPrincipals().Any(principal => principal != property && (MarkOf(principal) ?? KnownSecrets.Contain(principal, principal.Name)));
    }

    public static bool IsSensitive(IComplexProperty property) => Mark<AuditSensitiveAttribute>(property, AuditAnnotations.Sensitive, ofAttribute: true) == true;

    public static bool? FlagOf(IReadOnlyAnnotatable annotated, string name) => (bool?)annotated.FindAnnotation(name)?.Value;

    private static bool? MarkOf(IProperty property) => Mark<AuditSensitiveAttribute>(property, AuditAnnotations.Sensitive, ofAttribute: true);

    private static bool? Mark<TAttribute>(IPropertyBase? property, string annotation, bool ofAttribute) where TAttribute : Attribute
    {
        for (; property is not null; property = HolderOf(property))
        {
            if (FlagOf(property, annotation) is { } said) return said;
            if (property.PropertyInfo?.IsDefined(typeof(TAttribute), inherit: true) == true) return ofAttribute;
        }
        return null;
    }

    private static IPropertyBase? HolderOf(IPropertyBase property) => property.DeclaringType switch
    {
        IComplexType complex => complex.ComplexProperty,
        IEntityType entity when property is not IProperty { } key || !key.IsPrimaryKey() => entity.FindOwnership()?.PrincipalToDependent,
        _ => null,
    };
}
