using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>An entity as it stands before it is saved: accepting the changes forgets the old values.</summary>
internal sealed class CapturedEntry
{
    private readonly IUpdateEntry _entry;
    private readonly object?[] _old;
    private readonly bool[] _isModified;

    public CapturedEntry(IUpdateEntry entry, EntityPlan plan)
    {
        _entry = entry;
        Plan = plan;
        Kind = entry.EntityState switch
        {
            EntityState.Added => AuditChangeKind.Insert,
            EntityState.Deleted => AuditChangeKind.Delete,
            _ => AuditChangeKind.Update,
        };
        int count = Kind == AuditChangeKind.Insert ? 0 : plan.Properties.Count;
        _old = count == 0 ? [] : new object?[count];
        _isModified = count == 0 ? [] : new bool[count];
        if (count > 0) KeepOld();
    }

    public EntityPlan Plan { get; }

    public AuditChangeKind Kind { get; }

    public object Entity => _entry.ToEntityEntry().Entity;

    public object? Old(int place) => Kind == AuditChangeKind.Insert ? null : _old[place];

    public object? New(int place) => Kind == AuditChangeKind.Delete ? null : Current(Plan.Properties[place]);

    /// <summary>The changes of its rows, in each table that it has one in. To be called when the database has given its values.</summary>
    public IEnumerable<RowChange> Rows()
    {
        foreach (TablePlan table in Plan.Tables)
        {
            var row = new RowChange(table, Kind);
            foreach (ColumnPlan key in table.Keys)
            {
                if (key.Name != ColumnPlan.Ordinal) row.AddKey(new AuditField(key.KeyField, key.Text(Value(key))));
            }
            foreach (ColumnPlan column in table.Columns)
            {
                if (ChangeOf(table, column) is { } change) row.Add(change);
            }
            yield return row;
        }
    }

    private object? Current(IProperty property) => _entry.GetCurrentValue(property);

    private void KeepOld()
    {
        for (int i = 0; i < _old.Length; i++)
        {
            IProperty property = Plan.Properties[i];
            _old[i] = _entry.GetOriginalValue(property);
            _isModified[i] = Kind == AuditChangeKind.Update && (property.DeclaringType is IComplexType
                ? !property.GetValueComparer().Equals(_old[i], Current(property))
                : _entry.IsModified(property));
        }
    }

    private object? Value(ColumnPlan column) => Kind == AuditChangeKind.Delete ? _old[column.Place] : Current(Plan.Properties[column.Place]);

    private ColumnChange? ChangeOf(TablePlan table, ColumnPlan column)
    {
        int place = column.Place;
        switch (Kind)
        {
            case AuditChangeKind.Insert:
                return new ColumnChange(column, NameOf(table, column), null, column.Text(New(place)));
            case AuditChangeKind.Delete:
                return new ColumnChange(column, NameOf(table, column), column.Text(_old[place]), null);
            default:
                if (!_isModified[place] && !Plan.IsSetByDatabase[place]) return null;
                object? now = New(place);
                if (!column.AreEqual(_old[place], now)) return new ColumnChange(column, NameOf(table, column), column.Text(_old[place]), column.Text(now));
                // Said to be changed without having been read: what the database had before is not known.
                return _isModified[place] ? new ColumnChange(column, NameOf(table, column), null, column.Text(now)) : null;
        }
    }

    private string NameOf(TablePlan table, ColumnPlan column)
    {
        if (!column.HasOrdinals) return column.Name;
        string name = column.Name;
        foreach (ColumnPlan ordinal in table.Keys.Where(key => key.Name == ColumnPlan.Ordinal))
        {
            int at = name.IndexOf(ColumnPlan.Ordinal, StringComparison.Ordinal);
            if (at >= 0) name = $"{name[..at]}[{ordinal.Text(Value(ordinal))}]{name[(at + ColumnPlan.Ordinal.Length)..]}";
        }
        return name;
    }
}
