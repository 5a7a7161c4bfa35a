using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A column as records name it, and the property that it is read from.</summary>
/// <param name="property">The property.</param>
/// <param name="place">The property's index in its plan.</param>
/// <param name="name">The column's name; for a part of a JSON column, its path with <c>[#]</c> in place of ordinals.</param>
/// <param name="isSensitive">Whether its values must not appear in records.</param>
internal sealed class ColumnPlan(IProperty property, int place, string name, bool isSensitive)
{
    public const string Ordinal = "[#]";

    private static readonly Type[] Immutable =
        [typeof(string), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(PhysicalAddress), typeof(JsonDocument)];

    private readonly CoreTypeMapping? _mapping = property.FindTypeMapping();
    private readonly bool _isJson = (property.FindTypeMapping() as RelationalTypeMapping)?.StoreType is "json" or "jsonb";

    public int Place => place;

    public string Name => name;

    public IProperty Property => property;

    /// <summary>The optional complex properties around the property. If one of them is null, so is the column.</summary>
    public IReadOnlyList<IComplexProperty> Containers { get; } = OptionalContainers.Of(property);

    // Made once: the core's redactor checks a name only once if it is the same object.
    public string KeyField { get; } = RecordAudit.KeyField(name);

    public string OldField { get; } = RecordAudit.OldField(name);

    public string NewField { get; } = RecordAudit.NewField(name);

    /// <summary>Whether a value may be changed in place, which leaves no old value to compare with.</summary>
    public bool CanChangeInPlace { get; } = !property.ClrType.IsValueType && !Immutable.Contains(property.ClrType);

    /// <summary>The value as the database has it.</summary>
    public ColumnValue Value(object? value) => new(Stored(value), isSensitive);

    /// <summary>The text of the value as the database has it.</summary>
    public string Text(object? value) => Value(value).Text;

    private object? Stored(object? value)
    {
        if (value is null) return null;
        try
        {
            object? stored = _mapping?.Converter is { } converter ? converter.ConvertToProvider(value) : value;
            return stored is not null && IsKnownToProviderOnly(stored) ? Literal(stored) : stored;
        }
        catch (Exception failure)
        {
            // The database has the value anyway: a converter that fails here must not make the save fail.
            return $"[error: {failure.GetType().Name}]";
        }
    }

    // Objects that are stored as JSON, and PostgreSQL's paths and polygons, whose own texts do not tell them apart.
    private bool IsKnownToProviderOnly(object stored) => _mapping is RelationalTypeMapping && stored is not string && (_isJson
        ? StructuredText.DocumentOf(stored) is null
        : stored is IEnumerable && stored.GetType().Namespace == "NpgsqlTypes");

    private string Literal(object stored)
    {
        string literal = ((RelationalTypeMapping)_mapping!).GenerateProviderValueSqlLiteral(stored);
        return literal.StartsWith('\'') && literal.EndsWith('\'') ? literal[1..^1].Replace("''", "'", StringComparison.Ordinal) : literal;
    }
}
