using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>A snapshot of an entity taken before it is saved, because EF drops the old values when it accepts the changes.</summary>
internal sealed class CapturedEntry
{
    private readonly IUpdateEntry _entry;
    private readonly object?[] _old;
    private readonly bool[] _isModified;
    private readonly CapturedLists _lists;
    private readonly bool[] _hadPart;
    private readonly bool _isKnown;

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
        _isKnown = Kind != AuditChangeKind.Insert && KnownRows.Contain(entry.Context, Entity);
        int count = Kind == AuditChangeKind.Insert ? 0 : plan.Properties.Count;
        _old = count == 0 ? [] : new object?[count];
        _isModified = count == 0 ? [] : new bool[count];
        if (count > 0) KeepOld();
        _hadPart = [.. plan.JsonParts.Select(part => Kind != AuditChangeKind.Insert && entry.CanHaveOriginalValue(part.Property) && entry.GetOriginalValue(part.Property) is not null)];
        _lists = new CapturedLists(entry, plan, Kind, _isKnown);
    }

    public EntityPlan Plan { get; }

    public IUpdateEntry Entry => _entry;

    public AuditChangeKind Kind { get; }

    public object Entity => _entry.ToEntityEntry().Entity;

    public object? Old(int place) => Kind == AuditChangeKind.Insert ? null : _old[place];

    public object? New(int place) => Kind == AuditChangeKind.Delete ? null : Current(place);

    /// <summary>Whether the property of a changed entity has a new value.</summary>
    public bool HasChanged(int place)
    {
        if (Kind != AuditChangeKind.Update) return false;
        IProperty property = Plan.Properties[place];
        return _entry.CanHaveOriginalValue(property) ? !property.GetValueComparer().Equals(_old[place], New(place)) : _isModified[place];
    }

    /// <summary>Marks the entity as saved. From now on, EF knows the values in its row.</summary>
    public void Saved()
    {
        if (!_isKnown && Kind != AuditChangeKind.Delete && IsWrittenInFull()) KnownRows.Add(_entry.Context, Entity);
    }

    /// <summary>The changes to its rows, one for each table it is mapped to. Call it after EF has read the values that the database generated.</summary>
    public IEnumerable<RowChange> Rows()
    {
        foreach (TablePlan table in Plan.Tables)
        {
            var row = new RowChange(table, Kind);
            foreach (ColumnPlan key in table.Keys)
            {
                if (key.Name != ColumnPlan.Ordinal) row.AddKey(key, key.Value(KeyValue(key)));
            }
            foreach (ColumnPlan column in table.Columns)
            {
                if (ChangeOf(table, column) is { } change) row.Add(change);
            }
            foreach (ListPlan list in table.Lists)
            {
                foreach (ColumnChange change in _lists.Changes(list, NameOf(table, list.Path))) row.Add(change);
            }
            AddParts(row, table);
            yield return row;
        }
    }

    /// <summary>The fields that identify the row and say what happened to it.</summary>
    public IEnumerable<AuditField> KeyFields() => Rows().FirstOrDefault()?.KeyFields ?? [];

    private bool IsWrittenInFull()
    {
        for (int i = 0; i < _isModified.Length; i++)
        {
            if (!_isModified[i] && !Plan.IsSetByDatabase[i] && !Plan.Properties[i].IsPrimaryKey()) return false;
        }
        return true;
    }

    private void AddParts(RowChange row, TablePlan table)
    {
        if (Plan.JsonPath is { } path && Kind != AuditChangeKind.Update)
            row.AddPart(NameOf(table, path), wasThere: Kind == AuditChangeKind.Delete, isThere: Kind == AuditChangeKind.Insert);
        for (int i = 0; i < _hadPart.Length; i++)
        {
            (IComplexProperty part, string name) = Plan.JsonParts[i];
            // If EF never read the part, its columns already record the old value as unknown.
            if (!table.IsOwnRow || (Kind != AuditChangeKind.Insert && !(_isKnown && _entry.CanHaveOriginalValue(part)))) continue;
            row.AddPart(name, _hadPart[i], isThere: Kind != AuditChangeKind.Delete && _entry.GetCurrentValue(part) is not null);
        }
    }

    private void KeepOld()
    {
        for (int i = 0; i < _old.Length; i++)
        {
            IProperty property = Plan.Properties[i];
            bool isKept = _entry.CanHaveOriginalValue(property);
            // Some change tracking strategies keep no old values. The current values of a deleted entity are usually the old ones.
            if (isKept) _old[i] = Original(i);
            else if (Kind == AuditChangeKind.Delete) _old[i] = Current(i);
            _isModified[i] = Kind == AuditChangeKind.Update && (_entry.IsModified(property)
                || (isKept && property.DeclaringType is IComplexType && !property.GetValueComparer().Equals(_old[i], Current(i))));
        }
    }

    private object? Original(int place)
    {
        foreach (IComplexProperty container in Plan.Containers[place])
        {
            if (_entry.GetOriginalValue(container) is null) return null;
        }
        return _entry.GetOriginalValue(Plan.Properties[place]);
    }

    private object? Current(int place)
    {
        foreach (IComplexProperty container in Plan.Containers[place])
        {
            if (_entry.GetCurrentValue(container) is null) return null;
        }
        return _entry.GetCurrentValue(Plan.Properties[place]);
    }

    private object? KeyValue(ColumnPlan column) => Kind == AuditChangeKind.Delete ? _old[column.Place] : Current(column.Place);

    private ColumnChange? ChangeOf(TablePlan table, ColumnPlan column)
    {
        switch (Kind)
        {
            case AuditChangeKind.Insert:
                return new ColumnChange(NameOf(table, column.Name), null, column.Value(New(column.Place)), column);
            case AuditChangeKind.Delete:
                return new ColumnChange(NameOf(table, column.Name), IsKnown(column) ? column.Value(_old[column.Place]) : ColumnValue.Unknown, null, column);
            default:
                return UpdateOf(column) is var (old, now) ? new ColumnChange(NameOf(table, column.Name), old, now, column) : null;
        }
    }

    private (ColumnValue Old, ColumnValue New)? UpdateOf(ColumnPlan column)
    {
        int place = column.Place;
        bool isModified = _isModified[place];
        if (!isModified && !Plan.IsSetByDatabase[place]) return null;
        bool isKept = _entry.CanHaveOriginalValue(Plan.Properties[place]);
        if (!isKept && !isModified) return null;
        object? current = New(place);
        ColumnValue now = column.Value(current);
        if (!isKept) return (_isKnown ? ColumnValue.NotKept : ColumnValue.Unknown, now);
        ColumnValue old = column.Value(_old[place]);
        bool isSame = old.Equals(now);
        if (isSame && !isModified) return null;
        if (!IsKnown(column)) return (ColumnValue.Unknown, now);
        if (!isSame) return (old, now);
        // Marked as modified, but still the same object: it may have been changed in place, and the old value is lost.
        return column.CanChangeInPlace && current is not null && ReferenceEquals(_old[place], current) ? (ColumnValue.Unknown, now) : null;
    }

    // The database compared the concurrency token, so its old value is right even if the application supplied it.
    private bool IsKnown(ColumnPlan column) => _isKnown || Plan.Properties[column.Place].IsConcurrencyToken;

    private string NameOf(TablePlan table, string name)
    {
        foreach (ColumnPlan ordinal in table.Keys.Where(key => key.Name == ColumnPlan.Ordinal))
        {
            int at = name.IndexOf(ColumnPlan.Ordinal, StringComparison.Ordinal);
            if (at >= 0) name = $"{name[..at]}[{ordinal.Text(KeyValue(ordinal))}]{name[(at + ColumnPlan.Ordinal.Length)..]}";
        }
        return name;
    }
}
