using System.Data.Common;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.EntityFrameworkCore.Sql;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>A query that is still reading rows from tables whose reads are audited.</summary>
/// <param name="reader">The reader of the rows.</param>
/// <param name="tables">The audited tables.</param>
/// <param name="mostKeys">The maximum number of keys to keep per table.</param>
internal sealed class OpenQuery(DbDataReader reader, IReadOnlyList<string> tables, int mostKeys)
{
    private readonly Dictionary<string, ReadRows> _rows = new(StringComparer.Ordinal);

    public DbDataReader Reader => reader;

    public IReadOnlyList<string> Tables => tables;

    /// <summary>The changes that the query's text makes.</summary>
    public IReadOnlyList<(SqlChange Change, ChangedTable Table)> Changes { get; init; } = [];

    /// <summary>The number of rows read.</summary>
    public int Rows { get; set; }

    public void Add(IEntityType type, Func<IProperty, object?> value)
    {
        EntityPlan plan = EntityPlan.Of(type);
        if (plan.Tables.Count == 0 || !plan.Tables[0].IsOwnRow || !tables.Contains(plan.Tables[0].Name)) return;
        string table = plan.Tables[0].Name;
        if (!_rows.TryGetValue(table, out ReadRows? rows)) _rows.Add(table, rows = new ReadRows(mostKeys));
        rows.Add(plan.Tables[0].Keys, plan.Properties, value);
    }

    public ReadRows? RowsOf(string table) => _rows.GetValueOrDefault(table);
}

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
