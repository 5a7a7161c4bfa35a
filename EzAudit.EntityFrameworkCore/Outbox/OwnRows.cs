namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>Keeps track of an owner's rows. A committed row that is unknown here still has to be written.</summary>
/// <remarks>Thread-safe. The database is the list of what is left to do, so losing this state loses nothing.</remarks>
internal sealed class OwnRows
{
    // Deleting rows one by one would cost another commit, and another sync, for each commit.
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

    /// <summary>Claims a row for writing; <see langword="false"/> if it is written or someone else is writing it.</summary>
    public bool TryTake(string id)
    {
        lock (_lock) return !_written.ContainsKey(id) && _taken.Add(id);
    }

    /// <summary>Ends a claim. If some records were not written, the row can be claimed again.</summary>
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

    /// <summary>Forgets rows that are no longer in a database's table because another process moved or deleted them.</summary>
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

    /// <summary>The written rows of a database, if there are enough to delete. If deleting fails, they are returned again when as many more have been written.</summary>
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

/// <summary>An outbox row whose records must be written by the process that stored it.</summary>
internal sealed class StoredRecords(OwnRows rows, string id, string database)
{
    /// <summary>Claims the records for writing; <see langword="false"/> if someone else is writing them or has written them.</summary>
    public bool TryTake() => rows.TryTake(id);

    /// <summary>Reports the result: all records are written, or they must be tried again.</summary>
    public void Done(bool isWhole) => rows.Done(id, database, isWhole);
}
