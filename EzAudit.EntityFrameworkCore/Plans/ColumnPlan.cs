using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A column as records name it, and the property that it is read from.</summary>
/// <param name="property">The property.</param>
/// <param name="place">Its place among the properties of its entity's plan.</param>
/// <param name="name">The column's name; of a part of a JSON column the path, in which <c>[#]</c> stands for an ordinal.</param>
/// <param name="isSensitive">Whether its values are kept out of records.</param>
internal sealed class ColumnPlan(IProperty property, int place, string name, bool isSensitive)
{
    public const string Ordinal = "[#]";

    private readonly ValueConverter? _converter = property.FindTypeMapping()?.Converter;
    private readonly ValueComparer _comparer = property.GetValueComparer();

    public int Place => place;

    public string Name => name;

    // Made once: the redactor of the core judges a name once, as long as it is the same object.
    public string KeyField { get; } = "#" + name;

    public string OldField { get; } = name + " old";

    public string NewField { get; } = name + " new";

    public bool HasOrdinals { get; } = name.Contains(Ordinal, StringComparison.Ordinal);

    public bool AreEqual(object? left, object? right) => _comparer.Equals(left, right);

    /// <summary>The value as the database has it.</summary>
    public string Text(object? value)
    {
        if (isSensitive) return ColumnText.Redacted;
        return ColumnText.Of(value is null || _converter is null ? value : _converter.ConvertToProvider(value));
    }
}
