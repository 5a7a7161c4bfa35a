using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>What became of one row: USoft's insert, update or delete, with the columns that tell it.</summary>
/// <param name="table">The table.</param>
/// <param name="kind">What was done with the row.</param>
internal sealed class RowChange(TablePlan table, AuditChangeKind kind)
{
    private readonly List<(ColumnPlan Column, ColumnValue Value)> _keys = new(1);
    private readonly List<ColumnChange> _columns = [];
    private readonly RowParts _parts = new();

    /// <summary>Which row it is, compared by value.</summary>
    public RowKey Key => new(table.Table, [.. _keys.Select(key => key.Value)]);

    public TablePlan Table => table;

    public string Function => RecordFunctions.Of(Kind);

    /// <summary>Which row it is, and what was done with it.</summary>
    public IEnumerable<AuditField> KeyFields =>
    [
        new AuditField(RecordFunctions.Table, table.Name), new AuditField(RecordFunctions.Sidu, RecordFunctions.SiduOf(Kind)),
        .. _keys.Select(key => new AuditField(key.Column.KeyField, key.Value.Text)),
    ];

    public bool IsEmpty => Kind == AuditChangeKind.Update && _columns.Count == 0;

    private AuditChangeKind Kind { get; set; } = kind;

    private bool IsOwnRow { get; set; } = table.IsOwnRow;

    public void AddKey(ColumnPlan column, ColumnValue value) => _keys.Add((column, value));

    public void Add(ColumnChange column) => _columns.Add(column);

    /// <summary>A part of a JSON document in the row, and whether it was there before and is there now.</summary>
    public void AddPart(string name, bool wasThere, bool isThere) => _parts.Add(name, wasThere, isThere);

    /// <summary>Takes in what another entity changed in the same row.</summary>
    public void Merge(RowChange other)
    {
        // A row that one entity gives up and another takes over stays: it has other values.
        if (other.IsOwnRow) (Kind, IsOwnRow) = (IsOwnRow && Kind != other.Kind ? AuditChangeKind.Update : other.Kind, true);
        _parts.Add(other._parts);
        foreach (ColumnChange column in other._columns)
        {
            int at = _columns.FindIndex(known => known.Name == column.Name);
            if (at < 0) _columns.Add(column);
            else _columns[at] = column with { Old = _columns[at].Old ?? column.Old, New = column.New ?? _columns[at].New };
        }
    }

    /// <summary>To be called when everything is merged: of the parts of a row, the row's own fate decides what they are.</summary>
    public void Settle()
    {
        // Parts of a row are put into it and taken out of it; the row itself is only changed.
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
        _parts.AddUntold(_columns, Kind);
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
