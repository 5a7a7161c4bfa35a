using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>The parts of a row's JSON documents that were added or removed. A part without values leaves no trace in the columns, where null and <c>{}</c> look alike.</summary>
internal sealed class RowParts
{
    private readonly Dictionary<string, (bool WasThere, bool IsThere)> _parts = new(StringComparer.Ordinal);

    public void Add(string name, bool wasThere, bool isThere)
    {
        (bool was, bool @is) = _parts.GetValueOrDefault(name);
        _parts[name] = (was || wasThere, @is || isThere);
    }

    public void Add(RowParts other)
    {
        foreach (var (name, (wasThere, isThere)) in other._parts) Add(name, wasThere, isThere);
    }

    /// <summary>Adds a change for each part that no column shows.</summary>
    /// <param name="columns">The settled changes to the row's columns.</param>
    /// <param name="kind">What happened to the row.</param>
    public void AddMissing(List<ColumnChange> columns, AuditChangeKind kind)
    {
        // Inner parts first: a change to one also shows the parts around it.
        foreach (var (name, (wasThere, isThere)) in _parts.OrderByDescending(part => part.Key.Length))
        {
            if (wasThere == isThere || columns.Any(column => IsIn(column.Name, name) && HasValue(column))) continue;
            ColumnValue? old = kind == AuditChangeKind.Insert ? null : Value(wasThere);
            ColumnValue? @new = kind == AuditChangeKind.Delete ? null : Value(isThere);
            columns.Add(new ColumnChange(name, old, @new));
        }
    }

    private static ColumnValue Value(bool isThere) => isThere ? ColumnValue.EmptyPart : ColumnValue.Null;

    private static bool IsIn(string column, string part) =>
        column.Length > part.Length && column.StartsWith(part, StringComparison.Ordinal) && (column[part.Length] is '.' or '[');

    private static bool HasValue(ColumnChange column) =>
        (column.Old is { } old && !old.Equals(ColumnValue.Null)) || (column.New is { } @new && !@new.Equals(ColumnValue.Null));
}
