using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>Identifies a row by the values of its key; their texts in records may be redacted.</summary>
internal sealed class RowKey(ITable table, ColumnValue[] values) : IEquatable<RowKey>
{
    public bool Equals(RowKey? other) => other is not null && Table == other.Table && Values.AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as RowKey);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Table);
        foreach (ColumnValue value in Values) hash.Add(value);
        return hash.ToHashCode();
    }

    private ITable Table => table;

    private ColumnValue[] Values => values;
}
