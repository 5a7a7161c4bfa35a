using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Counts the rows of a table that a query turned into objects, and keeps the first keys.</summary>
internal sealed class ReadRows(int mostKeys)
{
    private readonly Dictionary<string, List<string>> _keys = new(StringComparer.Ordinal);
    private int _kept;

    public int Count { get; private set; }

    /// <summary>One field for each key column, with its values joined.</summary>
    public IEnumerable<AuditField> Keys
    {
        get
        {
            string more = Count > _kept ? $", ... [+{Count - _kept}]" : "";
            return _keys.Select(key => new AuditField(key.Key, string.Join(", ", key.Value) + more));
        }
    }

    public void Add(IReadOnlyList<ColumnPlan> keys, IReadOnlyList<IProperty> properties, Func<IProperty, object?> value)
    {
        Count++;
        if (_kept == mostKeys) return;
        _kept++;
        foreach (ColumnPlan key in keys)
        {
            if (!_keys.TryGetValue(key.KeyField, out List<string>? texts)) _keys.Add(key.KeyField, texts = []);
            texts.Add(key.Text(value(properties[key.Place])));
        }
    }
}
