using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>The change to one row: an insert, update or delete with the affected columns, as USoft records it.</summary>
/// <param name="table">The table.</param>
/// <param name="kind">What happened to the row.</param>
internal sealed class RowChange(TablePlan table, AuditChangeKind kind)
{
    private readonly List<(ColumnPlan Column, ColumnValue Value)> _keys = new(1);
    private readonly List<ColumnChange> _columns = [];
    private readonly RowParts _parts = new();

    /// <summary>Identifies the row; compared by value.</summary>
    public RowKey Key => new(table.Table, [.. _keys.Select(key => key.Value)]);

    public TablePlan Table => table;

    public string Function => Kind switch
    {
        AuditChangeKind.Insert => RecordAudit.InsertFunction.Name,
        AuditChangeKind.Delete => RecordAudit.DeleteFunction.Name,
        _ => RecordAudit.UpdateFunction.Name,
    };

    /// <summary>The fields that identify the row and say what happened to it.</summary>
    public IEnumerable<AuditField> KeyFields =>
    [
        new AuditField(RecordAudit.TableField, table.Name), new AuditField(RecordAudit.SiduField, Sidu),
        .. _keys.Select(key => new AuditField(key.Column.KeyField, key.Value.Text)),
    ];

    public bool IsEmpty => Kind == AuditChangeKind.Update && _columns.Count == 0;

    private AuditChangeKind Kind { get; set; } = kind;

    private string Sidu => Kind switch
    {
        AuditChangeKind.Insert => "I",
        AuditChangeKind.Delete => "D",
        _ => "U",
    };

    private bool IsOwnRow { get; set; } = table.IsOwnRow;

    public void AddKey(ColumnPlan column, ColumnValue value) => _keys.Add((column, value));

    public void Add(ColumnChange column) => _columns.Add(column);

    /// <summary>Adds a part of a JSON document in the row, and whether it existed before and exists now.</summary>
    public void AddPart(string name, bool wasThere, bool isThere) => _parts.Add(name, wasThere, isThere);

    /// <summary>Merges what another entity changed in the same row.</summary>
    public void Merge(RowChange other)
    {
        // A row that one entity gives up and another takes over is not deleted; it gets new values.
        if (other.IsOwnRow) (Kind, IsOwnRow) = (IsOwnRow && Kind != other.Kind ? AuditChangeKind.Update : other.Kind, true);
        _parts.Add(other._parts);
        foreach (ColumnChange column in other._columns)
        {
            int at = _columns.FindIndex(known => known.Name == column.Name);
            if (at < 0) _columns.Add(column);
            else _columns[at] = column with { Old = _columns[at].Old ?? column.Old, New = column.New ?? _columns[at].New };
        }
    }

    /// <summary>Settles the kind of change. Call it after all merges: what happened to the row itself outweighs what happened to its parts.</summary>
    public void Settle()
    {
        // Adding or removing a part of a row only updates the row.
        if (!IsOwnRow) Kind = AuditChangeKind.Update;
        for (int i = _columns.Count - 1; i >= 0; i--)
        {
            ColumnChange column = Kind switch
            {
                AuditChangeKind.Insert => _columns[i] with { Old = null },
                AuditChangeKind.Delete => _columns[i] with { New = null },
                _ => _columns[i] with { Old = _columns[i].Old ?? ColumnValue.Null, New = _columns[i].New ?? ColumnValue.Null },
            };
            _columns[i] = column;
            if (Kind == AuditChangeKind.Update && column.IsNone) _columns.RemoveAt(i);
        }
        _parts.AddMissing(_columns, Kind);
    }

    public AuditField[] Fields()
    {
        var fields = new List<AuditField>(2 + _keys.Count + (2 * _columns.Count));
        fields.AddRange(KeyFields);
        foreach (ColumnChange column in _columns)
        {
            if (column.Old is { IsNotKept: false } old) fields.Add(new AuditField(column.OldField, old.Text));
            if (column.New is { } @new) fields.Add(new AuditField(column.NewField, @new.Text));
        }
        return [.. fields];
    }
}

/// <summary>A column's values before and after a change; <see langword="null"/> if it had, or has, no value.</summary>
internal readonly record struct ColumnChange(string Name, ColumnValue? Old, ColumnValue? New, ColumnPlan? Column = null)
{
    public bool IsNone => Old is { } old && New is { } @new && old.Equals(@new);

    public string OldField => Column is not null && ReferenceEquals(Name, Column.Name) ? Column.OldField : RecordAudit.OldField(Name);

    public string NewField => Column is not null && ReferenceEquals(Name, Column.Name) ? Column.NewField : RecordAudit.NewField(Name);
}

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
