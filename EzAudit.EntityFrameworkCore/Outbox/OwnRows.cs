namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>What an owner knows of its rows. A row that it does not know has yet to be written, if it is committed.</summary>
/// <remarks>Thread-safe. The database itself is the list of what is to be done, so that nothing can be forgotten here.</remarks>
internal sealed class OwnRows
{
    // To delete each row by itself would be one more commit, and one more sync, for each commit.
    private const int RowsAtOnce = 64;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unwritten = new(StringComparer.Ordinal);
    private int _deleteAt = RowsAtOnce;

    /// <summary>Committed rows whose records could not be written yet.</summary>
    public IReadOnlyList<string> Unwritten
    {
        get
        {
            lock (_lock) return [.. _unwritten.Keys];
        }
    }

    /// <summary>Claims a row for writing; <see langword="false"/> while somebody else writes it, and when it is written.</summary>
    public bool TryTake(string id)
    {
        lock (_lock) return !_written.ContainsKey(id) && _taken.Add(id);
    }

    /// <summary>Ends a claim. Where not all records are written, the row can be claimed again.</summary>
    public void Done(string id, string database, bool isWhole)
    {
        lock (_lock)
        {
            _taken.Remove(id);
            if (isWhole)
            {
                _written[id] = database;
                _unwritten.Remove(id);
            }
            else
            {
                _unwritten[id] = database;
            }
        }
    }

    /// <summary>Forgets rows that are no longer in a database's table: somebody else has moved or deleted them.</summary>
    public void Gone(string database, IReadOnlySet<string> known)
    {
        lock (_lock)
        {
            foreach (string id in _unwritten.Where(row => row.Value == database && !known.Contains(row.Key)).Select(row => row.Key).ToArray()) _unwritten.Remove(id);
        }
    }

    public bool IsWritten(string id)
    {
        lock (_lock) return _written.ContainsKey(id);
    }

    public void Deleted(IReadOnlyList<string> ids)
    {
        lock (_lock)
        {
            foreach (string id in ids) _written.Remove(id);
        }
    }

    /// <summary>The written rows of a database, when there are enough to delete them. If that fails, they are given again when there are as many more.</summary>
    public IReadOnlyList<string> ToDelete(string database)
    {
        lock (_lock)
        {
            if (_written.Count < RowsAtOnce) _deleteAt = RowsAtOnce;
            if (_written.Count < _deleteAt) return [];
            _deleteAt = _written.Count + RowsAtOnce;
            return [.. _written.Where(row => row.Value == database).Select(row => row.Key)];
        }
    }
}
